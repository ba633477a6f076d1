import type { Action, PolicyRequest } from '../policy/decision.ts'
import type { Order, Plan } from '../plans/plan.ts'

/** Undo is decided as a rollback after deploy and rollback, as scale after scale; everything else as itself. */
export const policyAction = (order: Order): Action => (order.action === 'undo' ? order.inverse.action : order.action)

/** What the policy is asked about a planned order. */
export function requestOf(operation: {
  readonly order: Order
  readonly plan: Plan
  readonly environment: string
  readonly breakGlass?: string
}): Omit<PolicyRequest, 'actor' | 'at'> {
  const { order, plan, environment, breakGlass } = operation
  return {
    action: policyAction(order),
    cluster: plan.workload.cluster,
    environment,
    namespace: plan.workload.namespace,
    name: plan.workload.name,
    images: plan.images,
    ...(breakGlass === undefined ? {} : { breakGlass }),
    ...(plan.replicas ? { replicas: plan.replicas } : {}),
  }
}
