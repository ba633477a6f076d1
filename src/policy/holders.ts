import type { GroupId, UserId } from '../chat/identity.ts'
import type { Actor } from './decision.ts'
import type { Policy, Question, Role } from './policy.ts'
import { permits } from './limits.ts'

/** Roles that somebody holds, the included ones too. */
export function heldRoles(policy: Policy, actor: Actor): readonly Role[] {
  const own = policy.heldByUser.get(actor.user)
  let all: Set<Role> | undefined
  let single = own
  for (const group of actor.groups) {
    const held = policy.heldByGroup.get(group)
    if (held === undefined) continue
    if (single === undefined) single = held
    else {
      all ??= new Set(single)
      for (const role of held) all.add(role)
    }
  }
  return all === undefined ? (single ?? nobody) : [...all]
}

const nobody: readonly Role[] = []

/** Names of `heldRoles`, in the order of the file: approvers' seats, impersonation groups and `whoami` use these. */
export function rolesOf(policy: Policy, actor: Actor): readonly string[] {
  const held = new Set(heldRoles(policy, actor))
  return [...policy.roles.values()].filter((role) => held.has(role)).map(({ name }) => name)
}

/** Is this person named in a binding, not only reached through a group? Guests and other teams count only so. */
export function isBoundByUser(policy: Policy, user: UserId): boolean {
  return policy.heldByUser.has(user)
}

/** Every group that some binding names: the ones whose members must be known. */
export function boundGroups(policy: Policy): readonly GroupId[] {
  return [...policy.heldByGroup.keys()]
}

export interface Holders {
  readonly roles: readonly string[]
  readonly users: readonly UserId[]
  readonly groups: readonly GroupId[]
}

/** Who holds any of these roles: bound to one, or to one that includes one. */
export function holdersOf(policy: Policy, roles: readonly string[]): Holders {
  const holding = [...policy.roles.values()].filter(({ holds }) => holds.some((name) => roles.includes(name)))
  return {
    roles,
    users: [...new Set(holding.flatMap(({ users }) => users))],
    groups: [...new Set(holding.flatMap(({ groups }) => groups))],
  }
}

/** Roles with a grant of their own for this, whatever guards and freezes say. */
export function rolesThatMay(policy: Policy, question: Question): readonly string[] {
  const found: string[] = []
  for (const { name, grants } of policy.roles.values()) {
    for (const grant of grants.get(question.action) ?? []) {
      if (!permits(grant.limits, question)) continue
      found.push(name)
      break
    }
  }
  return found
}

/** Who could order this, for refusals: roles with a grant, and everybody bound to them. */
export function whoCan(policy: Policy, question: Question): Holders {
  return holdersOf(policy, rolesThatMay(policy, question))
}
