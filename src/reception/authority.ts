import type { Person } from '../chat/identity.ts'
import type { Caller } from '../clusters/cluster.ts'
import { callerFor } from '../clusters/caller.ts'
import type { ClusterName } from '../clusters/names.ts'
import type { Config } from '../config/config.ts'
import type { Authority } from '../operations/ports.ts'
import { decide } from '../policy/decide.ts'
import type { Actor } from '../policy/decision.ts'
import { boundGroups, isBoundByUser, rolesOf } from '../policy/holders.ts'
import type { PolicySource } from '../policy/source.ts'
import type { PolicyDesk } from './desk.ts'
import { actorOf } from './speaker.ts'
import type { SpeakerParts } from './speaker.ts'

/** The policy in force now, asked about people as the chat knows them now. */
export function createPolicyDesk(source: Pick<PolicySource, 'current'>, now: () => Promise<number>): PolicyDesk {
  return {
    groups: () => boundGroups(source.current()),
    bindsUser: (user) => isBoundByUser(source.current(), user),
    roles: (actor) => rolesOf(source.current(), actor),
    decide: async (request) => decide(source.current(), { ...request, at: await now() }),
  }
}

/** The same for operations, which know persons only: groups are looked up as fresh as they ask. */
export function createAuthority(desk: PolicyDesk, speaker: Omit<SpeakerParts, 'bindings'>): Authority {
  return {
    decide: async (person, request, maxAgeMs) =>
      desk.decide({ ...request, actor: await actorOf(person, maxAgeMs, { ...speaker, bindings: desk }) }),
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
