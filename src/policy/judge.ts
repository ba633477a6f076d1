import type { Actor, Decision, PolicyRequest, Requirement } from './decision.ts'
import type { ChatFreeze } from './freezes.ts'
import type { Explanation } from './explain.ts'
import type { GroupId, UserId } from '../chat/identity.ts'
import type { Holders } from './holders.ts'
import type { Policy, Question } from './policy.ts'
import { boundGroups, heldRoles, holdersOf, isBoundByUser, rolesOf, whoCan } from './holders.ts'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import { withFreezes } from './freezes.ts'

/** The policy in force, as every other room sees it. */
export interface Judge {
  decide(request: PolicyRequest): Decision
  explain(request: PolicyRequest): Explanation
  /** Who could order this. */
  whoCan(question: Question): Holders
  /** Who may fill the seats of an approval. */
  mayApprove(requirement: Requirement): Holders
  /** Users and groups bound to any of these roles, or to one that includes it. */
  holders(roles: readonly string[]): Holders
  /** Roles held, the included ones too. */
  rolesOf(actor: Actor): readonly string[]
  /** Named in a binding by id: what a guest or a stranger needs to be heard. */
  isBoundByUser(user: UserId): boolean
  /** Groups whose members must be known for the policy to work. */
  groups(): readonly GroupId[]
  policy(): Policy
}

/** Joins the policy as it stands at each question with the freezes made in chat. */
export function createJudge(parts: {
  readonly policy: () => Policy
  readonly freezes: () => readonly ChatFreeze[]
}): Judge {
  const inForce = () => withFreezes(parts.policy(), parts.freezes())
  return {
    decide: (request) => decide(inForce(), request),
    explain: (request) => {
      const policy = inForce()
      return explain(policy, heldRoles(policy, request.actor), request)
    },
    whoCan: (question) => whoCan(parts.policy(), question),
    mayApprove: ({ seats }) =>
      holdersOf(
        parts.policy(),
        seats.map(({ role }) => role),
      ),
    holders: (roles) => holdersOf(parts.policy(), roles),
    rolesOf: (actor) => rolesOf(parts.policy(), actor),
    isBoundByUser: (user) => isBoundByUser(parts.policy(), user),
    groups: () => boundGroups(parts.policy()),
    policy: inForce,
  }
}
