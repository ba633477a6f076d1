import type { GroupId, UserId } from '../chat/identity.ts'
import type { Actor } from './decision.ts'
import type { Policy, Question, Role } from './policy.ts'
import { permits } from './limits.ts'

/** Roles that somebody holds, the included ones too. One that is held in two ways may stand there twice. */
export function heldRoles(policy: Policy, actor: Actor): readonly Role[] {
  let held = policy.heldByUser.get(actor.user)
  for (const group of actor.groups) {
    const more = policy.heldByGroup.get(group)
    if (more !== undefined) held = held === undefined ? more : held.concat(more)
  }
  return held ?? nobody
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
  for (const { name, grants } of policy.granting.get(question.action) ?? []) {
    if (grants.some(({ limits }) => permits(limits, question))) found.push(name)
  }
  return found
}

/** Who could order this, for refusals: roles with a grant, and everybody bound to them. */
export function whoCan(policy: Policy, question: Question): Holders {
  return holdersOf(policy, rolesThatMay(policy, question))
}
