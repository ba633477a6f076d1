import type { Caller } from './cluster.ts'

/**
 * As whom a cluster hears a person: the user that `people` maps them to, else `readback:<chat user id>`, and one group
 * `readback:<role>` for each role they hold. No other group ever, so RBAC is written once per role.
 */
export function callerFor(person: {
  readonly impersonate: boolean
  readonly user: string
  readonly kubernetes: string | undefined
  readonly roles: readonly string[]
}): Caller {
  if (!person.impersonate) return 'bot'
  const user = person.kubernetes ?? `readback:${person.user}`
  if (user.startsWith('system:')) throw new Error(`${user} may not be impersonated`)
  return { user, groups: person.roles.map((role) => `readback:${role}`) }
}
