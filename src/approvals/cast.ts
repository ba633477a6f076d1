import type { Ballot, HeldRoles, Vote } from './vote.ts'
import type { Tally } from './tally.ts'
import type { VoteProblem } from './problems.ts'
import { isEligible, tally } from './tally.ts'

export interface OpenBallot extends Ballot {
  readonly votes: readonly Vote[]
  /** Epoch ms; undefined while the card's message is not stored and the clock has not started. */
  readonly expiresAt: number | undefined
}

export type Cast =
  | { readonly ok: true; readonly votes: readonly Vote[]; readonly tally: Tally }
  | { readonly ok: false; readonly problem: VoteProblem }

/**
 * Takes one more vote or says why not. Who has approved may still reject; nothing takes a vote back.
 * A vote at the moment of expiry is too late.
 */
export function castVote(ballot: OpenBallot, vote: Vote, held: HeldRoles): Cast {
  const problem = refuse(ballot, vote, held)
  if (problem !== undefined) return { ok: false, problem }
  const votes = [...ballot.votes, vote]
  return { ok: true, votes, tally: tally(ballot, votes, held) }
}

function refuse(ballot: OpenBallot, vote: Vote, held: HeldRoles): VoteProblem | undefined {
  if (vote.by === ballot.requester) return { code: 'approval_own_order' }
  if (!isEligible(ballot, vote.by, held))
    return { code: 'approval_not_eligible', roles: ballot.requirement.seats.map(({ role }) => role) }
  if (vote.fingerprint !== ballot.fingerprint) return { code: 'approval_other_plan' }
  if (isExpired(ballot.expiresAt, vote.at)) return { code: 'approval_expired', at: ballot.expiresAt ?? vote.at }
  const before = tally(ballot, ballot.votes, held)
  if (before.state === 'rejected') return { code: 'approval_decided', state: 'rejected' }
  const own = ballot.votes.find(({ by, fingerprint }) => by === vote.by && fingerprint === vote.fingerprint)
  if (own !== undefined && own.verdict === vote.verdict)
    return { code: 'approval_voted_already', verdict: own.verdict, at: own.at }
  // Until it runs, a filled one may still be stopped.
  if (before.state === 'filled' && vote.verdict === 'approve') return { code: 'approval_decided', state: 'filled' }
  return undefined
}

/** The clock starts when the card's message id is stored. */
export function expiryOf(requirement: { readonly expiresMs: number }, postedAt: number): number {
  return postedAt + requirement.expiresMs
}

export function isExpired(expiresAt: number | undefined, now: number): boolean {
  return expiresAt !== undefined && now >= expiresAt
}
