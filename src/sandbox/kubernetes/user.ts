/** Who asks, as the API server knows them. */
export interface User {
  readonly name: string
  readonly groups: readonly string[]
}

export const anonymous: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] }

/** With the groups that the server itself adds. */
export function authenticated(user: User): User {
  const own = serviceAccountGroups(user.name)
  return { name: user.name, groups: [...new Set([...user.groups, ...own, 'system:authenticated'])] }
}

function serviceAccountGroups(name: string): readonly string[] {
  const [, namespace] = /^system:serviceaccount:([^:]+):[^:]+$/.exec(name) ?? []
  return namespace === undefined ? [] : ['system:serviceaccounts', `system:serviceaccounts:${namespace}`]
}
