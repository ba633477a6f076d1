import type { Person } from '../chat/identity.ts'
import type { Caller } from '../clusters/cluster.ts'
import { callerFor } from '../clusters/caller.ts'
import type { ClusterName } from '../clusters/names.ts'
import type { Config } from '../config/config.ts'
import type { ChangeParts } from '../operations/changes.ts'
import type { Authority } from '../operations/ports.ts'
import type { Actor, Decision } from '../policy/decision.ts'
import type { Judge } from '../policy/judge.ts'
import type { PolicyDesk } from './desk.ts'
import type { ReceptionProblem } from './problems.ts'
import { actorOf, unheard } from './speaker.ts'
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

/** The same for operations, which know persons only: they are looked up as fresh as operations ask. Whoever is not heard any more holds nothing, named by id or not. */
export function createAuthority(judge: Judge, desk: PolicyDesk, speaker: Omit<SpeakerParts, 'bindings'>): Authority {
  const parts = { ...speaker, bindings: desk }
  type Known = { readonly actor: Actor } | { readonly problem: ReceptionProblem }
  const knownOf = async (person: Person, maxAgeMs: number): Promise<Known> => {
    const [problem, actor] = await Promise.all([unheard(person, maxAgeMs, parts), actorOf(person, maxAgeMs, parts)])
    return problem ? { problem } : { actor }
  }
  const nothing = ({ code }: ReceptionProblem): Decision => {
    const rule = judge.policy().otherwise
    return code === 'person_unknown'
      ? { verdict: 'deny', refusal: { code: 'policy_unchecked', rule, groups: [] } }
      : { verdict: 'deny', refusal: { code: 'policy_no_grant', rule, roles: [], nearest: [], rolesThatMay: [] } }
  }
  return {
    decide: async (person, request, maxAgeMs) => {
      const known = await knownOf(person, maxAgeMs)
      if (!('actor' in known)) return nothing(known.problem)
      // An order may have been stored before readback.yaml gave its cluster another environment.
      const environment = judge.policy().clusters.get(request.cluster) ?? ''
      return desk.decide({ ...request, environment, actor: known.actor })
    },
    holds: async (person, maxAgeMs) => {
      const known = await knownOf(person, maxAgeMs)
      if (!('actor' in known)) return { roles: [], unchecked: [] }
      return { roles: desk.roles(known.actor), unchecked: known.actor.unchecked ?? [] }
    },
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

/** Only where the cluster impersonates is the chat asked about groups. */
export const createCallerOf =
  (
    callers: ReturnType<typeof createCallers>,
    desk: PolicyDesk,
    speaker: Omit<SpeakerParts, 'bindings'>,
  ): ChangeParts['callerOf'] =>
  async (person, cluster, maxAgeMs) => {
    const unasked = callers({ user: person.user, groups: [] }, cluster)
    return unasked === 'bot'
      ? unasked
      : callers(await actorOf(person, maxAgeMs, { ...speaker, bindings: desk }), cluster)
  }
