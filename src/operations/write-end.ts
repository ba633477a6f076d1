import type { ClusterProblem } from '../clusters/problems.ts'
import type { Stored } from '../store/store.ts'
import { again, conclude } from './conclude.ts'
import type { Hands, Step } from './conclude.ts'
import { unlock } from './object-lock.ts'
import type { EndProblem, OperationIn } from './operation.ts'

export type Writing = Extract<OperationIn<'running'>, { stage: 'writing' }>

/** An attempt is sent this soon after it was counted, or not at all: a process may stand still in between. */
export const sendWithinMs = 10_000

/**
 * A patch that was sent and not answered may reach the object this late: the kernel of a dead process goes on sending for about 100 s, and the API server
 * works on a request for 60 s.
 */
export const arriveWithinMs = sendWithinMs + 170_000

/** How long a cluster may stay away after a write whose outcome is unknown. */
const lostAfterMs = 3_600_000

/** The operation without what only its writing has. */
export function withoutWriting(operation: Writing) {
  const { stage: _, mayArriveUntil: __, ...rest } = operation
  return rest
}

export async function arrived(stored: Stored<Writing>, { ledger, parts }: Hands): Promise<Step> {
  const patchedAt = await parts.store.now()
  await ledger.move(
    stored,
    { ...withoutWriting(stored.value), stage: 'watching', patchedAt },
    { with: await unlock(stored.value, parts.store) },
  )
  return again
}

/** Ends as one whose write did not take effect. */
export async function failed(stored: Stored<Writing>, problem: EndProblem, hands: Hands): Promise<Step> {
  const failure = { why: 'problem' as const, problem }
  const endedAt = await hands.parts.store.now()
  return conclude(stored, { ...withoutWriting(stored.value), state: 'failed', endedAt, failure }, hands)
}

/**
 * Ends an operation as one that changed nothing, but never while an attempt of it is still on its way: nobody could call that back, and its tests may hold
 * when it arrives. Until then the object stays locked; one that has arrived is watched like any other.
 */
export async function endUnchanged(stored: Stored<Writing>, end: () => Promise<Step>, hands: Hands): Promise<Step> {
  const { mayArriveUntil } = stored.value
  if (mayArriveUntil === undefined) return end()
  const now = await hands.parts.store.now()
  const mark = await hands.parts.changes.mark(stored.value)
  if (mark.kind === 'unreadable') return waitForCluster(stored, mark.problem, hands)
  if (mark.kind === 'mark' && mark.operation === stored.value.id) return arrived(stored, hands)
  return now <= mayArriveUntil && mark.kind !== 'gone' ? { next: 'later', at: mayArriveUntil + 1 } : end()
}

/** The cluster cannot be asked what became of it: later, and at last not any more. */
export async function waitForCluster(stored: Stored<Writing>, problem: ClusterProblem, hands: Hands): Promise<Step> {
  const now = await hands.parts.store.now()
  const operation = withoutWriting(stored.value)
  if (now - operation.startedAt < lostAfterMs) return { next: 'later', at: now + 5_000 }
  if (operation.attempts === 0) return failed(stored, problem, hands)
  return conclude(stored, { ...operation, state: 'unknown', endedAt: now, detail: problem.code }, hands)
}
