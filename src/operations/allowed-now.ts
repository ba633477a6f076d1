import { tally } from '../approvals/tally.ts'
import type { Decision, Refusal } from '../policy/decision.ts'
import type { Hands } from './conclude.ts'
import { entryAbout } from './entries.ts'
import type { Operation } from './operation.ts'
import { requestOf } from './policy-request.ts'
import type { OperationProblem } from './problems.ts'
import { heldBy, rolesIn, uncheckedFor, votersOf } from './vote.ts'

/** A role held through a group counts at execution only when the membership is this fresh. */
const groupAgeMs = 10_000

/**
 * Asks the policy of this moment, freezes included, and who approved is asked again who they are. Undefined: it may happen. The answer is on the trail
 * before it counts; where it cannot be, that is the refusal.
 */
export async function refusalNow(operation: Operation, hands: Hands): Promise<Refusal | OperationProblem | undefined> {
  const { parts } = hands
  const refusal = await refusalOf(operation, hands)
  const details = {
    at: 'execution',
    verdict: refusal ? 'deny' : 'allow',
    fingerprint: operation.plan.fingerprint,
    rule: refusal && 'rule' in refusal ? ruleName(refusal.rule) : operation.rule.name,
    ...(refusal ? { code: refusal.code } : {}),
  }
  try {
    await parts.audit.record({ ...entryAbout(operation, 'decision'), details })
    return refusal
  } catch (error) {
    parts.report(error, operation.id)
    return { code: 'operation_unrecorded' }
  }
}

const ruleName = (rule: string | { readonly name: string }): string => (typeof rule === 'string' ? rule : rule.name)

async function refusalOf(operation: Operation, hands: Hands): Promise<Refusal | OperationProblem | undefined> {
  const decision = await hands.parts.authority.decide(operation.requester, requestOf(operation), groupAgeMs)
  if (decision.verdict === 'deny') return decision.refusal
  return decision.verdict === 'approval' ? missingApproval(operation, decision, hands) : undefined
}

async function missingApproval(
  { approval, requester, plan }: Operation,
  { rule, requirement }: Extract<Decision, { verdict: 'approval' }>,
  { parts }: Hands,
): Promise<OperationProblem | undefined> {
  if (!approval) return { code: 'approval_now_needed', rule: rule.name }
  const ballot = { requester: requester.user, fingerprint: plan.fingerprint, requirement }
  const held = await heldBy(votersOf(approval.votes, requester.team), parts.authority)
  const found = tally(ballot, approval.votes, rolesIn(held))
  if (found.state === 'filled') return undefined
  const seats = requirement.seats.map(({ role }) => role)
  const unchecked = uncheckedFor(seats, held.values(), parts.authority)
  if (found.state === 'open' && unchecked.length > 0) return { code: 'approvers_unchecked', groups: [...unchecked] }
  return found.state === 'rejected'
    ? { code: 'approval_lost', missing: 0, roles: [] }
    : { code: 'approval_lost', missing: found.missing, roles: [...found.roles] }
}
