import type { Ballot, HeldRoles, Vote } from './vote.ts'
import type { Seat, SeatCount } from '../policy/seating.ts'
import type { UserId } from '../chat/identity.ts'
import { seatPeople } from '../policy/seating.ts'

export type Tally =
  | { readonly state: 'rejected'; readonly vote: Vote }
  | { readonly state: 'filled'; readonly seats: readonly Seat<UserId>[]; readonly ignored: readonly Vote[] }
  | {
      readonly state: 'open'
      readonly seats: readonly Seat<UserId>[]
      /** Approvals that still lack, and roles any holder of which would bring it nearer. */
      readonly missing: number
      readonly roles: readonly string[]
      /** Votes that do not count: role lost since, another plan, the requester. */
      readonly ignored: readonly Vote[]
    }

/**
 * Counts votes by the roles that people hold now: at the click, and again at execution. Each person counts once and fills one
 * seat; the first rejection by somebody who may approve ends it, whatever else was said.
 */
export function tally(ballot: Ballot, votes: readonly Vote[], held: HeldRoles): Tally {
  const { seats } = ballot.requirement
  const counted = votes.filter((vote) => counts(ballot, vote, held))
  const rejection = counted.find(({ verdict }) => verdict === 'reject')
  if (rejection !== undefined) return { state: 'rejected', vote: rejection }

  const people = [...new Set(counted.map(({ by }) => by))].map((person) => ({ person, roles: held.get(person) ?? [] }))
  const seated = seatPeople(seats, people)
  const ignored = votes.filter((vote) => !counted.includes(vote))
  const missing = openSeats(seated)
  if (missing === 0) return { state: 'filled', seats: seated, ignored }
  return { state: 'open', seats: seated, missing, roles: helpfulRoles(seats, people), ignored }
}

/** May this person approve or reject at all? */
export function isEligible(ballot: Ballot, person: UserId, held: HeldRoles): boolean {
  const roles = held.get(person) ?? []
  return person !== ballot.requester && ballot.requirement.seats.some(({ role }) => roles.includes(role))
}

function counts(ballot: Ballot, vote: Vote, held: HeldRoles): boolean {
  return vote.fingerprint === ballot.fingerprint && isEligible(ballot, vote.by, held)
}

function openSeats(seats: readonly Seat<UserId>[]): number {
  return seats.filter(({ taken }) => taken === undefined).length
}

/** Not simply the roles of the empty seats: somebody who sits on one may move to another. */
function helpfulRoles(
  seats: readonly SeatCount[],
  people: readonly { readonly person: UserId; readonly roles: readonly string[] }[],
): readonly string[] {
  const filled = (more: readonly string[]) => {
    const everybody = [...people.map(({ roles }) => ({ person: true, roles })), { person: true, roles: more }]
    return seatPeople(seats, everybody).filter(({ taken }) => taken !== undefined).length
  }
  const now = filled([])
  return seats.map(({ role }) => role).filter((role) => filled([role]) > now)
}
