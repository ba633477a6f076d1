import type { Autoscaler, Workload } from '../clusters/nouns.ts'
import type { Bounds } from '../policy/decision.ts'
import type { Drafted, Scene } from './draft.ts'
import { draftBounds } from './bounds.ts'
import type { Order, PlanProblem } from './plan.ts'
import { at } from './pointer.ts'
import { spelled, workloadObject } from './target.ts'
import { autoscalerWarnings, ownerWarnings } from './warnings.ts'

type Scale = Extract<Order, { action: 'scale' }>

/** Kubernetes is built for no more than 150,000 pods a cluster; a larger number is a slip. */
const mostReplicas = 150_000

const isReplicas = (count: number): boolean => Number.isInteger(count) && count >= 0 && count <= mostReplicas

/** `spec.replicas`, or the bounds of the autoscaler that owns them; never both, and never against an autoscaler. */
export function draftScale(scene: Scene, order: Scale): Drafted {
  const { workload, autoscalers } = scene
  const target = spelled(order.target)
  const cannot = (why: 'daemonset-has-no-replicas' | 'deleting' | 'no-autoscaler'): PlanProblem => ({
    code: 'plan_cannot',
    action: 'scale',
    kind: workload.kind,
    target,
    why,
  })
  if (workload.kind === 'DaemonSet') return cannot('daemonset-has-no-replicas')
  if (workload.deleting) return cannot('deleting')
  const bad = [...numbersIn(order, workload)].find((count) => !isReplicas(count))
  if (bad !== undefined) return { code: 'plan_bad_replicas', found: bad }

  const wanted = order.replicas
  const [autoscaler, ...more] = autoscalers
  if (autoscaler === undefined) {
    if (!('bounds' in wanted))
      return draftReplicas(scene, order, 'to' in wanted ? wanted.to : workload.replicas + wanted.by)
    if (wanted.bounds.min !== wanted.bounds.max) return cannot('no-autoscaler')
    return draftReplicas(scene, order, wanted.bounds.min)
  }

  const { name, min, max } = autoscaler
  const refuse = (why: Extract<PlanProblem, { code: 'plan_autoscaled' }>['why']): PlanProblem => {
    return { code: 'plan_autoscaled', target, autoscaler: name, min, max, why }
  }
  if (more.length > 0) return refuse('several')
  if (autoscaler.scaledObject !== undefined) return refuse('keda')
  if ('by' in wanted) return refuse('relative')
  const bounds = 'bounds' in wanted ? wanted.bounds : boundsFor(wanted.to, autoscaler)
  if (bounds.max < bounds.min) return { code: 'plan_bad_replicas', found: bounds.max }
  if (bounds.min === 0) return refuse('to-zero')
  // An autoscaler leaves a workload at 0 alone until somebody else raises it, whatever its bounds are.
  if (workload.replicas === 0 && 'to' in wanted) {
    return wanted.to >= min && wanted.to <= max ? draftReplicas(scene, order, wanted.to) : refuse('asleep')
  }
  if (autoscaler.owners.some(({ kind }) => kind !== 'helm' && kind !== 'kapp')) return refuse('owned')
  return draftBounds({ workload, autoscaler, bounds, target })
}

/** "At least that many": the lower bound is set, the upper one only moves where it must. */
const boundsFor = (count: number, { max }: Autoscaler): Bounds => ({ min: count, max: Math.max(max, count) })

function numbersIn({ replicas }: Scale, workload: Workload): readonly number[] {
  if ('to' in replicas) return [replicas.to]
  return 'by' in replicas ? [workload.replicas + replicas.by] : [replicas.bounds.min, replicas.bounds.max]
}

function draftReplicas(scene: Scene, order: Scale, count: number): Drafted {
  const { workload, autoscalers } = scene
  const before = workload.replicas
  if (count === before) return { code: 'plan_nothing_to_change', target: spelled(order.target), what: String(count) }
  const owners = ownerWarnings(workload.owners)
  return {
    object: workloadObject(workload),
    uid: workload.uid,
    live: workload.object,
    rests: [{ path: '/spec/replicas', value: at(workload.object, '/spec/replicas') }],
    besides: { autoscalers: autoscalers.map(({ uid, min, max }) => ({ uid, min, max })) },
    patch: [{ op: 'replace', path: '/spec/replicas', value: count }],
    effect: { kind: 'replicas', before, after: count },
    back: { action: 'scale', restore: [{ path: '/spec/replicas', value: before }], anchors: [] },
    warnings: [
      ...autoscalerWarnings(scene),
      ...owners.warnings,
      ...(count === 0 ? [{ kind: 'downtime', why: 'to-zero' } as const] : []),
    ],
    contested: owners.contested || autoscalers.length > 0,
    replicas: { before: { min: before, max: before }, after: { min: count, max: count } },
    rollsOut: true,
  }
}
