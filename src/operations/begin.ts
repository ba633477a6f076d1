import { tally } from '../approvals/tally.ts'
import type { Decision } from '../policy/decision.ts'
import type { Stored } from '../store/store.ts'
import { again, conclude } from './conclude.ts'
import type { Hands, Step } from './conclude.ts'
import { differingPaths } from './drift.ts'
import { lockFor } from './object-lock.ts'
import { objectKey, openKey } from './operation.ts'
import type { Ending, Operation, OperationIn } from './operation.ts'
import { requestOf } from './policy-request.ts'
import type { OperationProblem } from './problems.ts'
import { heldBy } from './vote.ts'

/** A role held through a group counts at execution only when the membership is this fresh. */
const groupAgeMs = 10_000

const unsettledMs = 5_000

/** From `approved` to `running`: decided again, planned again, locked, stored. Nothing is sent to the cluster here, so a crash anywhere in here costs nothing. */
export async function begin(stored: Stored<OperationIn<'approved'>>, hands: Hands): Promise<Step> {
  const { ledger, parts } = hands
  const { approvedAt: _, ...operation } = stored.value
  const endedAt = await parts.store.now()
  const end = (state: 'voided' | 'denied', ending: Ending): Promise<Step> =>
    conclude(stored, { ...operation, state, ending, endedAt }, hands)

  const decision = await parts.authority.decide(operation.requester, requestOf(operation), groupAgeMs)
  if (decision.verdict === 'deny') return end('denied', { why: 'problem', problem: decision.refusal })
  if (decision.verdict === 'approval') {
    const problem = await missingApproval(stored.value, decision, hands)
    if (problem) return end('denied', { why: 'problem', problem })
  }
  const planned = await parts.changes.plan(operation.order, operation.requester)
  if (!planned.ok) return end('voided', { why: 'problem', problem: planned.problem })
  if (planned.plan.fingerprint !== operation.plan.fingerprint) {
    return end('voided', { why: 'moved', moved: differingPaths(operation.plan, planned.plan) })
  }

  if (await isUnsettled(operation, hands)) return { next: 'later', at: endedAt + unsettledMs, or: 'lock_freed' }
  const lease = await lockFor(operation.plan, { id: operation.id, store: parts.store })
  if (!lease.free) return { next: 'later', at: lease.until, or: 'lock_freed' }
  // The warnings that were shown stay; a fresh look would warn of this operation itself.
  const plan = { ...planned.plan, warnings: operation.plan.warnings }
  const run = { plan, state: 'running', stage: 'writing', startedAt: endedAt, attempts: 0 } as const
  await ledger.move(stored, { ...operation, ...run }, { with: [lease.take] })
  return again
}

/**
 * A write on the same object of which nobody knows yet whether it arrived, its lease over: writing now would replace the mark that tells.
 */
async function isUnsettled({ id, plan }: Pick<Operation, 'id' | 'plan'>, { ledger }: Hands): Promise<boolean> {
  const same = await ledger.byKey(openKey(objectKey(plan)), 100)
  return same.some(({ value }) => value.id !== id && value.state === 'running' && value.stage === 'writing')
}

/** Who approved is asked again who they are now, against what the policy asks for now. */
async function missingApproval(
  { approval, requester, plan }: OperationIn<'approved'>,
  { rule, requirement }: Extract<Decision, { verdict: 'approval' }>,
  { parts }: Hands,
): Promise<OperationProblem | undefined> {
  if (!approval) return { code: 'approval_now_needed', rule: rule.name }
  const ballot = { requester: requester.user, fingerprint: plan.fingerprint, requirement }
  const held = await heldBy(
    approval.votes.map(({ by }) => by),
    { team: requester.team, authority: parts.authority },
  )
  const found = tally(ballot, approval.votes, held)
  if (found.state === 'filled') return undefined
  return found.state === 'rejected'
    ? { code: 'approval_lost', missing: 0, roles: [] }
    : { code: 'approval_lost', missing: found.missing, roles: [...found.roles] }
}
