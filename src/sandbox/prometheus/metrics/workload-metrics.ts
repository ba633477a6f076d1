import type { WorkloadSeen } from '../cluster-reading.ts'
import type { Exposed } from '../scrapes.ts'
import { createSteps } from '../steps.ts'
import type { Steps } from '../steps.ts'
import { exposed } from './exposed.ts'

type Gauges = Readonly<Record<string, (seen: WorkloadSeen) => number>>

const gauges: Readonly<Record<string, { readonly label: string; readonly gauges: Gauges }>> = {
  Deployment: {
    label: 'deployment',
    gauges: {
      kube_deployment_spec_replicas: ({ spec }) => spec.replicas ?? 1,
      kube_deployment_status_replicas: ({ status }) => status.replicas,
      kube_deployment_status_replicas_ready: ({ status }) => status.readyReplicas,
      kube_deployment_status_replicas_available: ({ status }) => status.availableReplicas,
      kube_deployment_status_replicas_unavailable: ({ status }) => status.unavailableReplicas,
      kube_deployment_status_replicas_updated: ({ status }) => status.updatedReplicas,
    },
  },
  StatefulSet: {
    label: 'statefulset',
    gauges: {
      kube_statefulset_replicas: ({ spec }) => spec.replicas ?? 1,
      kube_statefulset_status_replicas: ({ status }) => status.replicas,
      kube_statefulset_status_replicas_ready: ({ status }) => status.readyReplicas,
    },
  },
  DaemonSet: {
    label: 'daemonset',
    gauges: {
      kube_daemonset_status_desired_number_scheduled: ({ status }) => status.desiredNumberScheduled,
      kube_daemonset_status_number_ready: ({ status }) => status.numberReady,
    },
  },
}

const settlingMs = 10_000

interface Known {
  readonly exposed: Exposed
  readonly steps: Steps
  ended: number | undefined
}

/** kube-state-metrics about workloads; before the trial they were as they are once it has settled. */
export function createWorkloadMetrics({ openedAt, from }: { readonly openedAt: number; readonly from: number }) {
  const known = new Map<string, Known>()

  function begin(
    metric: string,
    { target, since }: { readonly target: Readonly<Record<string, string>>; readonly since: number },
  ): Known {
    const steps = createSteps()
    const life = { from: since, to: () => entry.ended }
    const make = exposed({ job: 'kube-state-metrics', instance: 'kube-state-metrics:8080', ...target }, life)
    const entry: Known = { steps, ended: undefined, exposed: make(metric, {}, (at) => steps.at(at)) }
    return entry
  }

  return {
    observe: (workloads: readonly WorkloadSeen[], now: number): void => {
      const there = new Set<string>()
      const early = now - openedAt <= settlingMs
      for (const seen of workloads) {
        const { namespace, name } = seen.metadata
        const kind = gauges[seen.kind]
        if (kind === undefined) continue
        for (const [metric, read] of Object.entries(kind.gauges)) {
          const key = `${metric} ${namespace}/${name}`
          there.add(key)
          const usual = metric.endsWith('_unavailable') ? 0 : (seen.spec.replicas ?? seen.status.desiredNumberScheduled)
          const found = known.get(key)
          if (found !== undefined && found.ended === undefined) {
            if (!early || read(seen) === usual) found.steps.record(now, read(seen))
            continue
          }
          const since = early ? from : now
          const fresh = begin(metric, { target: { namespace, [kind.label]: name }, since })
          fresh.steps.record(since, early ? usual : read(seen))
          known.set(key, fresh)
        }
      }
      for (const [key, entry] of known) if (!there.has(key)) entry.ended ??= now
    },
    exposed: (): readonly Exposed[] => [...known.values()].map((entry) => entry.exposed),
  }
}
