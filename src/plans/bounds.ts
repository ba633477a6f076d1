import type { PatchOperation } from '../clusters/cluster.ts'
import type { Autoscaler, Workload } from '../clusters/nouns.ts'
import type { Bounds } from '../policy/decision.ts'
import type { Drafted } from './draft.ts'
import { at } from './pointer.ts'
import { ownerWarnings } from './warnings.ts'

interface BoundsChange {
  readonly workload: Workload
  readonly autoscaler: Autoscaler
  readonly bounds: Bounds
  readonly target: string
}

/** The autoscaler's bounds instead of the replicas that it would set back. */
export function draftBounds({ workload, autoscaler, bounds, target }: BoundsChange): Drafted {
  const { min, max, object } = autoscaler
  const places = [
    { path: '/spec/minReplicas', before: min, after: bounds.min },
    { path: '/spec/maxReplicas', before: max, after: bounds.max },
  ]
  const moving = places.filter(({ before, after }) => before !== after)
  if (moving.length === 0) return { code: 'plan_nothing_to_change', target, what: `${min}..${max}` }
  const owners = ownerWarnings(autoscaler.owners)
  return {
    object: {
      apiVersion: autoscaler.apiVersion,
      kind: 'HorizontalPodAutoscaler',
      namespace: autoscaler.namespace,
      name: autoscaler.name,
    },
    uid: autoscaler.uid,
    live: object,
    rests: ['/spec/minReplicas', '/spec/maxReplicas', '/spec/scaleTargetRef'].map((path) => ({
      path,
      value: at(object, path),
    })),
    besides: { workload: workload.uid },
    patch: moving.map(({ path, after }): PatchOperation => {
      return { op: at(object, path) === undefined ? 'add' : 'replace', path, value: after }
    }),
    effect: { kind: 'bounds', autoscaler: autoscaler.name, before: { min, max }, after: bounds },
    back: { action: 'scale', restore: moving.map(({ path, before }) => ({ path, value: before })), anchors: [] },
    warnings: [{ kind: 'autoscaler', name: autoscaler.name, min, max }, ...owners.warnings],
    contested: owners.contested,
    replicas: { before: { min, max }, after: bounds },
    rollsOut: true,
  }
}
