import type { AuditEntry } from '../audit/audit.ts'
import { castVote } from '../approvals/cast.ts'
import type { VoteProblem } from '../approvals/problems.ts'
import type { HeldRoles, Vote } from '../approvals/vote.ts'
import type { GroupId, Person, TeamId, UserId } from '../chat/identity.ts'
import { Fingerprint } from '../plans/plan.ts'
import type { Stored } from '../store/store.ts'
import { find, notWaiting, withoutEffect, withoutWait } from './answer.ts'
import type { Answered } from './answer.ts'
import type { Hands } from './conclude.ts'
import { entryAbout } from './entries.ts'
import type { Approval, Operation, OperationIn } from './operation.ts'
import type { Authority, Holding } from './ports.ts'

/** Membership that a vote rests on is no older than this. */
const groupAgeMs = 10_000

export interface Ballot {
  readonly id: string
  /** What stood on the card that was answered. */
  readonly fingerprint: string
  readonly by: Person
  readonly verdict: 'approve' | 'reject'
  readonly reason?: string
}

type Waiting = OperationIn<'awaiting_approval'> | OperationIn<'planned'>

/**
 * One vote, whatever entrance it came by. Bound to the fingerprint; on the audit trail before it counts; compared with the deadline inside the
 * commit. Two votes at the same instant are counted one after the other.
 */
export async function vote(ballot: Ballot, hands: Hands): Promise<Answered> {
  const { ledger, parts } = hands
  let recorded: AuditEntry | undefined
  for (;;) {
    const found = await find(ballot.id, ledger)
    if (!found) return { ok: false, problem: { code: 'operation_unknown', id: ballot.id } }
    const operation = found.value
    const waits =
      operation.state === 'awaiting_approval' || (operation.state === 'planned' && operation.gate === 'approval')
    if (!waits || !operation.approval) {
      const { id, state } = operation
      return recorded
        ? withoutEffect(recorded, { code: 'operation_not_waiting', id, state }, parts)
        : notWaiting(operation)
    }
    const { approval } = operation
    const print = Fingerprint.safeParse(ballot.fingerprint)
    if (!print.success) return { ok: false, problem: { code: 'approval_other_plan' } }

    const voters = [...votersOf(approval.votes, operation.requester.team), ballot.by]
    const held = await heldBy(voters, parts.authority)
    const { by, verdict, reason } = ballot
    const at = await parts.store.now()
    const cast: Vote = {
      by: by.user,
      team: by.team,
      verdict,
      fingerprint: print.data,
      at,
      ...(reason === undefined ? {} : { reason }),
    }
    const expiresAt = operation.state === 'awaiting_approval' ? operation.deadline : undefined
    const open = {
      requester: operation.requester.user,
      fingerprint: operation.plan.fingerprint,
      requirement: approval.requirement,
      votes: approval.votes,
      expiresAt,
    }
    const result = castVote(open, cast, rolesIn(held))
    const details = { verdict, fingerprint: print.data, ...(reason === undefined ? {} : { reason }) }
    const entry = { ...entryAbout(operation, 'vote'), who: `${by.team}/${by.user}`, details }
    if (!result.ok) {
      const problem = uncheckedOr(result.problem, held.get(by.user), parts.authority)
      await parts.audit.record({ ...entry, details: { ...details, refused: problem.code } })
      return { ok: false, problem }
    }
    // Counted again where somebody else's vote came in between: it is still the same vote.
    if (!recorded) await parts.audit.record(entry)
    recorded = entry
    const counted: Approval = { ...approval, votes: [...result.votes] }
    const next = after({ ...operation, approval: counted }, { state: result.tally.state, ballot, at })
    const stored: Stored<Operation> = { ...found, value: operation }
    const move = await ledger.move(stored, next, expiresAt === undefined ? {} : { notAfter: expiresAt })
    if (move.moved) return { ok: true, operation: move.stored.value }
    if (move.reason === 'too_late') {
      return withoutEffect(entry, { code: 'operation_too_late', id: operation.id }, parts)
    }
  }
}

/** What the count makes of it: enough, refused for good, or still waiting. */
function after(
  operation: Waiting,
  {
    state,
    ballot,
    at,
  }: { readonly state: 'filled' | 'rejected' | 'open'; readonly ballot: Ballot; readonly at: number },
): Operation {
  if (state === 'open') return operation
  const rest = withoutWait(operation)
  if (state === 'filled') return { ...rest, state: 'approved', approvedAt: at }
  const { by, reason } = ballot
  return { ...rest, state: 'rejected', by, endedAt: at, ...(reason === undefined ? {} : { because: reason }) }
}

export const votersOf = (votes: readonly Vote[], ours: TeamId): readonly Person[] =>
  votes.map(({ by, team = ours }) => ({ team, user: by }))

/** Not a word on somebody of whom it is not known whether they hold what it takes. */
function uncheckedOr(problem: VoteProblem, holding: Holding | undefined, authority: Authority): VoteProblem {
  if (problem.code !== 'approval_not_eligible') return problem
  const groups = uncheckedFor(problem.roles, holding ? [holding] : [], authority)
  return groups.length === 0 ? problem : { code: 'approval_unchecked', groups }
}

/** Groups that would give one of these roles, and whose members could not be had. */
export function uncheckedFor(
  roles: readonly string[],
  holdings: Iterable<Holding>,
  authority: Pick<Authority, 'boundTo'>,
): readonly GroupId[] {
  const giving = authority.boundTo(roles).groups
  const unchecked = new Set([...holdings].flatMap((one) => one.unchecked))
  return giving.filter((group) => unchecked.has(group))
}

const none: Holding = { roles: [], unchecked: [] }

/** What these people hold now. Two teams' people under one user id hold nothing: nobody could tell whose vote counts. */
export async function heldBy(
  voters: readonly Person[],
  authority: Pick<Authority, 'holds'>,
): Promise<ReadonlyMap<UserId, Holding>> {
  const teams = new Map<UserId, Set<TeamId>>()
  for (const { team, user } of voters) teams.set(user, (teams.get(user) ?? new Set()).add(team))
  const asked = [...teams].map(async ([user, [team, other]]): Promise<[UserId, Holding]> => [
    user,
    team === undefined || other !== undefined ? none : await authority.holds({ team, user }, groupAgeMs),
  ])
  return new Map(await Promise.all(asked))
}

export const rolesIn = (held: ReadonlyMap<UserId, Holding>): HeldRoles =>
  new Map([...held].map(([user, { roles }]) => [user, roles]))
