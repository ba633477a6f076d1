import { castVote } from '../approvals/cast.ts'
import type { HeldRoles, Vote } from '../approvals/vote.ts'
import type { Person, TeamId, UserId } from '../chat/identity.ts'
import { Fingerprint } from '../plans/plan.ts'
import type { Stored } from '../store/store.ts'
import { find, notWaiting, withoutWait } from './answer.ts'
import type { Answered } from './answer.ts'
import type { Hands } from './conclude.ts'
import { entryAbout } from './entries.ts'
import type { Approval, Operation, OperationIn } from './operation.ts'
import type { Authority } from './ports.ts'

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
  let recorded = false
  for (;;) {
    const found = await find(ballot.id, ledger)
    if (!found) return { ok: false, problem: { code: 'operation_unknown', id: ballot.id } }
    const operation = found.value
    const waits =
      operation.state === 'awaiting_approval' || (operation.state === 'planned' && operation.gate === 'approval')
    if (!waits || !operation.approval) return notWaiting(operation)
    const { approval } = operation
    const print = Fingerprint.safeParse(ballot.fingerprint)
    if (!print.success) return { ok: false, problem: { code: 'approval_other_plan' } }

    const voters = [...approval.votes.map(({ by }) => by), ballot.by.user]
    const held = await heldBy(voters, { team: ballot.by.team, authority: parts.authority })
    const { by, verdict, reason } = ballot
    const at = await parts.store.now()
    const cast: Vote = {
      by: by.user,
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
    const result = castVote(open, cast, held)
    const details = { verdict, fingerprint: print.data, ...(reason === undefined ? {} : { reason }) }
    const entry = { ...entryAbout(operation, 'vote'), who: `${by.team}/${by.user}`, details }
    if (!result.ok) {
      await parts.audit.record({ ...entry, details: { ...details, refused: result.problem.code } })
      return { ok: false, problem: result.problem }
    }
    // Counted again where somebody else's vote came in between: it is still the same vote.
    if (!recorded) await parts.audit.record(entry)
    recorded = true
    const counted: Approval = { ...approval, votes: [...result.votes] }
    const next = after({ ...operation, approval: counted }, { state: result.tally.state, ballot, at })
    const stored: Stored<Operation> = { ...found, value: operation }
    const move = await ledger.move(stored, next, expiresAt === undefined ? {} : { notAfter: expiresAt })
    if (move.moved) return { ok: true, operation: move.stored.value }
    if (move.reason === 'too_late') return { ok: false, problem: { code: 'operation_too_late', id: operation.id } }
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
  return { ...rest, state: 'rejected', by, endedAt: at, ...(reason === undefined ? {} : { reason }) }
}

/** The roles that people of our team hold now. */
export async function heldBy(
  users: readonly UserId[],
  { team, authority }: { readonly team: TeamId; readonly authority: Authority },
): Promise<HeldRoles> {
  const asked = [...new Set(users)].map(async (user): Promise<[UserId, readonly string[]]> => [
    user,
    await authority.roles({ team, user }, groupAgeMs),
  ])
  return new Map(await Promise.all(asked))
}
