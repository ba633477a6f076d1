import type { ClusterProblem } from '../clusters/problems.ts'
import type { Plan, PlanProblem } from '../plans/plan.ts'
import type { Stored } from '../store/store.ts'
import { refusalNow } from './allowed-now.ts'
import { conclude } from './conclude.ts'
import type { Hands, Step } from './conclude.ts'
import { differingPaths } from './drift.ts'
import { arrived, endUnchanged, failed, waitForCluster, withoutWriting } from './write-end.ts'
import type { Writing } from './write-end.ts'

/** How often the patch of one operation may be sent. */
export const maxAttempts = 5

/** A decision older than this is asked for again before anything is sent: the cluster was away, or we were. */
const decidedForMs = 30_000

export interface Ready {
  readonly plan: Plan
  /** Whose mark the object carries now. */
  readonly mark: string | undefined
}

/** Finds out what became of the attempts so far; ready where none arrived, the plan still holds, and it may be sent. */
export async function prepare(stored: Stored<Writing>, hands: Hands): Promise<Step | Ready> {
  const { parts } = hands
  const operation = stored.value
  const fail = (problem: Parameters<typeof failed>[1]): Promise<Step> =>
    endUnchanged(stored, () => failed(stored, problem, hands), hands)

  const mark = await parts.changes.mark(operation)
  if (mark.kind === 'unreadable') return waitForCluster(stored, mark.problem, hands)
  if (mark.kind === 'gone') return failed(stored, { code: 'plan_gone', target: operation.plan.workload.name }, hands)
  if (mark.operation === operation.id) return arrived(stored, hands)
  const isOld = (await parts.store.now()) > operation.startedAt + decidedForMs
  const refusal = isOld ? await refusalNow(operation, hands) : undefined
  if (refusal) return fail(refusal)
  if (operation.attempts === 0) return { plan: operation.plan, mark: mark.operation }

  const planned = await parts.changes.plan(operation.order, operation.requester)
  if (!planned.ok) {
    const { problem } = planned
    return isPassing(problem) ? waitForCluster(stored, problem, hands) : fail(problem)
  }
  if (planned.plan.fingerprint !== operation.plan.fingerprint) {
    const { startedAt: _, attempts: __, ...before } = withoutWriting(operation)
    const ending = { why: 'moved' as const, moved: differingPaths(operation.plan, planned.plan) }
    const voided = async (): Promise<Step> =>
      conclude(stored, { ...before, state: 'voided', endedAt: await parts.store.now(), ending }, hands)
    return endUnchanged(stored, voided, hands)
  }
  if (operation.attempts >= maxAttempts) {
    return fail({ code: 'cluster_moved', cluster: operation.plan.workload.cluster })
  }
  // The warnings that were shown stay; a fresh look would warn of this operation itself.
  return { plan: { ...planned.plan, warnings: operation.plan.warnings }, mark: mark.operation }
}

/** The cluster said nothing about the order: asking again later may help. */
const isPassing = (problem: PlanProblem | ClusterProblem): problem is ClusterProblem =>
  ['cluster_unreachable', 'cluster_resting', 'cluster_throttled', 'cluster_no_answer', 'cluster_failed'].includes(
    problem.code,
  )
