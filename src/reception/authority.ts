import type { Person } from '../chat/identity.ts'
import type { Caller } from '../clusters/cluster.ts'
import { callerFor } from '../clusters/caller.ts'
import type { ClusterName } from '../clusters/names.ts'
import type { Config } from '../config/config.ts'
import type { Authority } from '../operations/ports.ts'
import type { Actor } from '../policy/decision.ts'
import type { Judge } from '../policy/judge.ts'
import type { PolicyDesk } from './desk.ts'
import { actorOf } from './speaker.ts'
import type { SpeakerParts } from './speaker.ts'

/** The judge of the moment, asked about people as the chat knows them now. */
export function createPolicyDesk(judge: Judge, now: () => Promise<number>): PolicyDesk {
  return {
    groups: () => judge.groups(),
    bindsUser: (user) => judge.isBoundByUser(user),
    roles: (actor) => judge.rolesOf(actor),
    decide: async (request) => judge.decide({ ...request, at: await now() }),
  }
}

/** The same for operations, which know persons only: groups are looked up as fresh as they ask. */
export function createAuthority(judge: Judge, desk: PolicyDesk, speaker: Omit<SpeakerParts, 'bindings'>): Authority {
  const actor = (person: Person, maxAgeMs: number) => actorOf(person, maxAgeMs, { ...speaker, bindings: desk })
  return {
    decide: async (person, request, maxAgeMs) => desk.decide({ ...request, actor: await actor(person, maxAgeMs) }),
    roles: async (person, maxAgeMs) => desk.roles(await actor(person, maxAgeMs)),
    boundTo: (roles) => judge.holders(roles),
  }
}

/** As whom a cluster hears somebody, by readback.yaml's `impersonate` and `people` and the roles they hold now. */
export function createCallers(config: Pick<Config, 'clusters' | 'people'>, desk: PolicyDesk) {
  return (actor: Actor, cluster: ClusterName): Caller =>
    callerFor({
      impersonate: config.clusters.get(cluster)?.impersonate ?? false,
      user: actor.user,
      kubernetes: config.people.get(actor.user)?.kubernetes,
      roles: desk.roles(actor),
    })
}

/** Roles held through a group count for the person a cluster hears only when the membership is this fresh. */
const groupAgeMs = 60_000

export const createCallerOf =
  (callers: ReturnType<typeof createCallers>, desk: PolicyDesk, speaker: Omit<SpeakerParts, 'bindings'>) =>
  async (person: Person, cluster: ClusterName): Promise<Caller> =>
    callers(await actorOf(person, groupAgeMs, { ...speaker, bindings: desk }), cluster)
