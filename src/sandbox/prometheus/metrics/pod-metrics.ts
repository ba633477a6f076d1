import type { PodTrack } from '../pod-track.ts'
import type { Exposed } from '../scrapes.ts'
import { exposed } from './exposed.ts'

/** kube-state-metrics about pods. */
export function podMetrics(track: PodTrack): readonly Exposed[] {
  const { facts } = track
  const { namespace, name: pod, uid, container, node, owner } = facts
  const make = exposed({ job: 'kube-state-metrics', instance: 'kube-state-metrics:8080', namespace, pod, uid }, track)
  const amounts = (['requests', 'limits'] as const).flatMap((kind) =>
    (['cpu', 'memory'] as const).flatMap((resource) => {
      const amount = facts[kind][resource]
      const unit = resource === 'cpu' ? 'core' : 'byte'
      return amount === 0
        ? []
        : [make(`kube_pod_container_resource_${kind}`, { container, node, resource, unit }, () => amount)]
    }),
  )
  return [
    ...amounts,
    make('kube_pod_info', { node, created_by_kind: owner.kind, created_by_name: owner.name }, () => 1),
    make('kube_pod_container_status_restarts_total', { container }, (at) => track.restarts.at(at)),
    make('kube_pod_container_status_ready', { container }, (at) => track.ready.at(at)),
    make('kube_pod_container_status_waiting_reason', { container, reason: 'CrashLoopBackOff' }, (at) =>
      track.looping.at(at) === 1 ? 1 : undefined,
    ),
    make('kube_pod_status_ready', { condition: 'true' }, (at) => track.ready.at(at)),
    make('kube_pod_status_phase', { phase: 'Running' }, (at) => Number(track.restarts.at(at) !== undefined)),
  ]
}
