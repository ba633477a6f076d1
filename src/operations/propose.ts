import { isSamePerson } from '../chat/identity.ts'
import type { Person } from '../chat/identity.ts'
import type { Place } from '../chat/incoming.ts'
import type { ClusterProblem } from '../clusters/problems.ts'
import type { Order, Plan, PlanProblem } from '../plans/plan.ts'
import type { Decision, Refusal, Rule } from '../policy/decision.ts'
import type { Change } from '../store/store.ts'
import type { Hands } from './conclude.ts'
import { entryAbout } from './entries.ts'
import { objectKey, openKey, workloadKey } from './keys.ts'
import type { Approval, Operation } from './operation.ts'
import { policyAction, requestOf } from './policy-request.ts'
import type { OperationProblem } from './problems.ts'
import { endedLately } from './recollection.ts'
import { reviewLater } from './reviews.ts'

export interface Proposal {
  /** Idempotency key of the payload that ordered it. */
  readonly cause: string
  readonly requester: Person
  readonly place: Place
  readonly order: Order
  readonly environment: string
  readonly reason?: string
  /** Why freezes should be lifted for this. */
  readonly breakGlass?: string
  /** Conditions that hold while this process is the one that handles the payload. */
  readonly proof?: readonly Change[]
}

export type Proposed =
  | { readonly kind: 'created'; readonly operation: Operation }
  /** The same person asked for the same change before, and it still waits. */
  | { readonly kind: 'waiting'; readonly operation: Operation }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'problem'; readonly problem: PlanProblem | ClusterProblem | OperationProblem }

/** A card that could not be posted for this long is given up, and its operation with it. */
const postWithinMs = 600_000

/** A role held through a group counts for a proposal when the membership is this fresh; it is asked again before anything runs. */
const groupAgeMs = 60_000

/** From an order to a stored operation whose card is on its way. Changes nothing on the cluster. */
export async function propose(proposal: Proposal, hands: Hands): Promise<Proposed> {
  const { ledger, parts } = hands
  const [known] = await ledger.byKey(`cause:${proposal.cause}`, 1)
  if (known) return { kind: 'waiting', operation: known.value }
  const refused = await refusedUnseen(proposal, hands)
  if (refused) return { kind: 'refused', refusal: refused }

  const planned = await parts.changes.plan(proposal.order, proposal.requester)
  if (!planned.ok) return { kind: 'problem', problem: planned.problem }
  const { plan } = planned

  const decision = await parts.authority.decide(proposal.requester, requestOf({ ...proposal, plan }), groupAgeMs)
  if (decision.verdict === 'deny') {
    await recordRefusal(proposal, decision.refusal, hands)
    return { kind: 'refused', refusal: decision.refusal }
  }
  const neighbours = await ledger.byKey(openKey(workloadKey(plan.workload)), 100)
  const same = neighbours.find(({ value }) => isSameWaiting(value, proposal, plan))
  if (same) {
    await parts.audit.record(decisionEntry(same.value))
    return { kind: 'waiting', operation: same.value }
  }

  const approval = decision.verdict === 'approval' ? approvalOf(decision, hands) : undefined
  const gate = approval ? 'approval' : needsConfirmation(proposal, plan) ? 'confirmation' : 'none'
  const board = approval && parts.approvalsBoard(proposal.place, plan.workload.cluster)
  const createdAt = await parts.store.now()
  // Kept only where it was needed: a reason given without a freeze lifts nothing and alarms nobody.
  const { breakGlass, proof, ...ordered } = proposal
  const broken = decision.breakGlass === true && breakGlass !== undefined ? { breakGlass } : {}
  const operation: Operation = {
    id: await ledger.reserve(),
    ...ordered,
    ...broken,
    ...(await rejectionBefore(plan, { ledger, now: createdAt })),
    plan,
    rule: plainRule(decision.rule),
    gate,
    ...(approval ? { approval } : {}),
    ...(board ? { board } : {}),
    createdAt,
    state: 'planned',
    deadline: createdAt + postWithinMs,
  }
  // Before the operation exists: what is not on the trail does not happen.
  await parts.audit.record(decisionEntry(operation))
  const { created, stored } = await ledger.create(operation, [...(proof ?? []), ...reviewLater(operation)])
  return { kind: created ? 'created' : 'waiting', operation: stored.value }
}

/** Whoever may not do this at all learns so before the cluster is asked anything on their behalf. */
async function refusedUnseen(proposal: Proposal, hands: Hands): Promise<Refusal | undefined> {
  const { cluster, namespace, name } = proposal.order.target
  const { environment } = proposal
  const question = {
    action: policyAction(proposal.order),
    cluster,
    environment,
    namespace,
    name,
    question: true,
  } as const
  const decision = await hands.parts.authority.decide(proposal.requester, question, groupAgeMs)
  // What turns on values that only the plan knows is asked then, and so is a freeze, which a reason may lift.
  if (decision.verdict !== 'deny' || decision.refusal.code === 'policy_frozen') return undefined
  await recordRefusal(proposal, decision.refusal, hands)
  return decision.refusal
}

async function recordRefusal(proposal: Proposal, refusal: Refusal, { parts }: Hands): Promise<void> {
  const { order, requester, place } = proposal
  await parts.audit.record({
    what: 'decision',
    who: `${requester.team}/${requester.user}`,
    cluster: order.target.cluster,
    action: order.action,
    target: `${order.target.namespace}/${order.target.kind}/${order.target.name}`,
    channel: place.channel,
    details: { verdict: 'deny', code: refusal.code, rule: refusal.rule.name },
  })
}

/** The latest word on the same change of the same object, if that was a rejection. */
async function rejectionBefore(
  plan: Plan,
  { ledger, now }: { readonly ledger: Hands['ledger']; readonly now: number },
): Promise<Pick<Operation, 'rejectedBefore'>> {
  const lately = await endedLately(plan.workload, { ledger, now })
  const last = lately.find(
    ({ state, order, plan: other }) =>
      (state === 'rejected' || state === 'succeeded') &&
      order.action === plan.order.action &&
      objectKey(other) === objectKey(plan),
  )
  if (last?.state !== 'rejected') return {}
  const { id, by, because, endedAt } = last
  return { rejectedBefore: { operation: id, by, at: endedAt, ...(because === undefined ? {} : { because }) } }
}

const isSameWaiting = (other: Operation, proposal: Proposal, plan: Plan): boolean =>
  (other.state === 'planned' || other.state === 'awaiting_confirmation' || other.state === 'awaiting_approval') &&
  isSamePerson(other.requester, proposal.requester) &&
  other.plan.fingerprint === plan.fingerprint &&
  objectKey(other.plan) === objectKey(plan)

/** Production, going to nothing, or somebody else writing the same value: the requester says yes to the card first. */
const needsConfirmation = (proposal: Proposal, plan: Plan): boolean =>
  proposal.environment === 'production' || plan.replicas?.after.max === 0 || plan.contested

/** What the card of an approval needs to know, fixed when it is ordered; what counts is asked again at each vote and at the execution. */
function approvalOf(
  { requirement: { names, seats, expiresMs }, guards }: Extract<Decision, { verdict: 'approval' }>,
  { parts }: Hands,
): Approval {
  const { users, groups } = parts.authority.boundTo(seats.map(({ role }) => role))
  return {
    requirement: { names: [...names], seats: seats.map(({ role, count }) => ({ role, count })), expiresMs },
    guards: guards.map(plainRule),
    approvers: { users: [...users], groups: [...groups] },
    votes: [],
    reminded: false,
  }
}

const plainRule = ({ name, file, line }: Rule) => ({ name, file, line })

/** The decision as it goes on the trail. */
const decisionEntry = (operation: Operation) => ({
  ...entryAbout(operation, 'decision'),
  details: {
    verdict: 'allow',
    rule: operation.rule.name,
    fingerprint: operation.plan.fingerprint,
    gate: operation.gate,
    ...(operation.breakGlass === undefined ? {} : { breakGlass: operation.breakGlass }),
  },
})
