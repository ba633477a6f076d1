import { GroupId } from '../../src/chat/identity.ts'
import type { People, Person, TeamId, UserId } from '../../src/chat/identity.ts'
import { createJudge } from '../../src/policy/judge.ts'
import type { ChatFreeze } from '../../src/policy/freezes.ts'
import { createAuthority, createPolicyDesk } from '../../src/reception/authority.ts'
import { policyOf } from '../policy/building.ts'

export const approversGroup = GroupId.parse('S0SRE')

/** How many approvers each policy asks for. */
export const policies = [1, 2] as const
export type Seats = (typeof policies)[number]

const policyAsking = (seats: Seats) =>
  policyOf(`roles:
  developer: { allow: [ { actions: [deploy], approval: change } ] }
  sre: { allow: [ { actions: [cancel] } ] }
bindings:
  - { role: developer, users: [U0ANN, U0SAM] }
  - { role: sre, groups: [${approversGroup}] }
approvals:
  change: { require: [ { role: sre, count: ${seats} } ], expires: 10m }
`)

/** The real policy over a chat whose people come, go and are deactivated, with what was ever true kept for the reckoning. */
export function createCouncil(team: TeamId, now: () => number) {
  const compiled = { 1: policyAsking(1), 2: policyAsking(2) }
  let seats: Seats = 1
  let freezes: readonly ChatFreeze[] = []
  const members = new Set<UserId>()
  const gone = new Set<UserId>()
  /** Since when somebody has not been an approver; absent while they are one. */
  const notSince = new Map<UserId, number>()
  const asked: { readonly seats: Seats; readonly from: number }[] = [{ seats, from: now() }]
  let frozenFrom: number | undefined

  const note = (user: UserId, was: boolean): void => {
    const isOne = members.has(user) && !gone.has(user)
    if (isOne) notSince.delete(user)
    else if (was && !notSince.has(user)) notSince.set(user, now())
  }
  const people: People = {
    profile: async (person: Person) => ({ person, standing: gone.has(person.user) ? 'deactivated' : 'member' }),
    members: async (group) => ({ group, members: [...members], asOf: now() }),
  }
  const judge = createJudge({ policy: () => compiled[seats], freezes: () => freezes })
  const desk = createPolicyDesk(judge, async () => now())

  return {
    authority: createAuthority(judge, desk, { team, people }),
    leave: (user: UserId): void => {
      note(user, members.delete(user))
    },
    join: (user: UserId): void => {
      members.add(user)
      note(user, false)
    },
    deactivate: (user: UserId): void => {
      gone.add(user)
      note(user, members.has(user))
    },
    reload: (next: Seats): void => {
      seats = next
      asked.push({ seats, from: now() })
    },
    freeze: (forMs: number): void => {
      frozenFrom = forMs > 0 ? (frozenFrom ?? now()) : undefined
      freezes =
        forMs > 0 ? [{ name: 'incident', clusters: [], from: now(), to: now() + 365 * 86_400_000, except: [] }] : []
    },
    /** Whether they were an approver at any moment of the last so many ms. */
    wasApprover: (user: UserId, withinMs: number): boolean => {
      if (members.has(user) && !gone.has(user)) return true
      const since = notSince.get(user)
      return since !== undefined && now() - since <= withinMs
    },
    /** The fewest approvers that any policy of the last so many ms asked for. */
    fewest: (withinMs: number): number => {
      const recent = asked.filter(({ from }) => from > now() - withinMs)
      const before = asked[asked.length - recent.length - 1]
      return Math.min(seats, ...[...recent, ...(before ? [before] : [])].map((one) => one.seats))
    },
    /** Frozen for longer than that. */
    isFrozen: (forMs: number): boolean => frozenFrom !== undefined && now() - frozenFrom > forMs,
  }
}
export type Council = ReturnType<typeof createCouncil>
