import type { Policy } from './policy.ts'
import type { Requirement } from './decision.ts'
import { holdersOf } from './holders.ts'
import { seatPeople } from './seating.ts'
import { seatsIn } from './requirements.ts'

export type Approvability =
  | { readonly kind: 'fine' }
  /** No set of people fills all seats. */
  | { readonly kind: 'never'; readonly seats: number; readonly people: number }
  /** One set of people does, but not without some one of them. */
  | { readonly kind: 'needs-all'; readonly seats: number; readonly people: number }

/** Could the seats be filled by the people bound by id? A group counts as more people than there are seats. */
export function approvability(policy: Policy, requirement: Requirement): Approvability {
  const seats = seatsIn(requirement)
  const people = voters(policy, requirement)
  const fills = (some: readonly Voter[]) =>
    seatPeople(requirement.seats, some).every(({ taken }) => taken !== undefined)
  const count = people.length
  if (!fills(people)) return { kind: 'never', seats, people: count }
  // A thousand people for two seats need no thousand tries: only somebody who sits can be missed.
  const sitting = new Set(seatPeople(requirement.seats, people).map(({ taken }) => taken))
  const missed = people
    .filter(({ person }) => sitting.has(person))
    .some((one) => !fills(people.filter((other) => other !== one)))
  return missed ? { kind: 'needs-all', seats, people: count } : { kind: 'fine' }
}

interface Voter {
  readonly person: string
  readonly roles: readonly string[]
}

const names = (held: readonly { readonly name: string }[] | undefined) => (held ?? []).map(({ name }) => name)

function voters(policy: Policy, requirement: Requirement): readonly Voter[] {
  const seats = seatsIn(requirement)
  const { users, groups } = holdersOf(
    policy,
    requirement.seats.map(({ role }) => role),
  )
  return [
    ...users.map((user) => ({ person: user, roles: names(policy.heldByUser.get(user)) })),
    ...groups.flatMap((group) =>
      Array.from({ length: seats + 1 }, (_, index) => ({
        person: `${group}/${String(index)}`,
        roles: names(policy.heldByGroup.get(group)),
      })),
    ),
  ]
}
