import type { WorkloadKind } from '../../src/clusters/names.ts'
import type { JsonObject } from '../../src/json.ts'
import { isObject } from '../../src/plans/pointer.ts'
import { applyPatch } from '../../src/plans/json-patch.ts'
import { makePlan } from '../../src/plans/make-plan.ts'
import type { Known } from '../../src/plans/make-plan.ts'
import type { Mask } from '../../src/plans/masked.ts'
import type { Order, Plan, PlanProblem } from '../../src/plans/plan.ts'
import { createFakeCluster, fakeClusterName } from '../support/fake-cluster.ts'
import type { FakeCluster } from '../support/fake-cluster.ts'

export const target = (kind: WorkloadKind = 'Deployment') => ({
  cluster: fakeClusterName,
  namespace: 'shop',
  kind,
  name: 'web',
})

export const deploy = (image: string, container?: string): Order => ({
  action: 'deploy',
  target: target(),
  image,
  ...(container === undefined ? {} : { container }),
})
export const scale = (
  replicas: Extract<Order, { action: 'scale' }>['replicas'],
  kind: WorkloadKind = 'Deployment',
): Order => ({
  action: 'scale',
  target: target(kind),
  replicas,
})
export const rollback = (toRevision?: number, kind: WorkloadKind = 'Deployment'): Order => ({
  action: 'rollback',
  target: target(kind),
  ...(toRevision === undefined ? {} : { toRevision }),
})
export const simple = (action: 'restart' | 'pause' | 'resume', kind: WorkloadKind = 'Deployment'): Order => ({
  action,
  target: target(kind),
})
export function undo(plan: Plan): Order {
  if (!plan.inverse) throw new Error('that plan has no way back')
  return { action: 'undo', target: plan.workload, of: '7F3K', inverse: plan.inverse }
}

/** Hides values of names that contain PASSWORD or TOKEN, and shows that they differ. */
export const testMask: Mask = (name, value) => (/PASSWORD|TOKEN/.test(name) ? `•••${value.length}` : value)

export const planning = (cluster: FakeCluster, order: Order, known: Known = {}) =>
  makePlan({ access: cluster.access, caller: 'bot', order, mask: testMask, known })

/** The plan for an order on a cluster with these objects; throws when there is none. */
export async function planFor(order: Order, objects: readonly JsonObject[], known: Known = {}): Promise<Plan> {
  return planned(createFakeCluster(objects), order, known)
}

export async function planned(cluster: FakeCluster, order: Order, known: Known = {}): Promise<Plan> {
  const result = await planning(cluster, order, known)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.plan
}

/** Why there is no plan. */
export async function problemFor(order: Order, objects: readonly JsonObject[]): Promise<PlanProblem | undefined> {
  const result = await planning(createFakeCluster(objects), order)
  return result.ok ? undefined : result.problem
}

/** The object after the plan's own patch. */
export function after(object: JsonObject, plan: Plan): JsonObject {
  const result = applyPatch(object, [...plan.tests, ...plan.patch])
  if (!result.ok || !isObject(result.value)) throw new Error(`does not apply: ${JSON.stringify(result)}`)
  return result.value
}
