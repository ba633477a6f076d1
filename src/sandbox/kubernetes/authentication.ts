import type { ApiRequest } from './api-request.ts'
import type { Authorizer } from './rbac.ts'
import type { User } from './user.ts'
import { badRequest, forbidden, unauthorized } from './api-error.ts'
import { refusal } from './rbac.ts'
import { anonymous, authenticated } from './user.ts'

export interface Tokens {
  /** From now on this bearer token is that user. */
  add(token: string, user: User): void
  /** From now on 401. */
  expire(token: string): void
  userOf(token: string): User | undefined
  /** Who comes without a token. */
  readonly nobody: User
}

export function createTokens(known: Readonly<Record<string, User>>, withoutToken?: User): Tokens {
  const users = new Map(Object.entries(known))
  return {
    add: (token, user) => {
      users.set(token, user)
    },
    expire: (token) => {
      users.delete(token)
    },
    userOf: (token) => users.get(token),
    nobody: withoutToken === undefined ? anonymous : authenticated(withoutToken),
  }
}

/** The user of a request: bearer token, then impersonation, which the token's user must be allowed. */
export function authenticate(
  request: Pick<ApiRequest, 'header' | 'lines'>,
  tokens: Tokens,
  authorize: Authorizer,
): { readonly user: User; readonly by: User } {
  const by = tokenUser(request, tokens)
  const name = request.header('impersonate-user')
  // One header line is one group: a comma inside belongs to the name.
  const groups = request.lines('impersonate-group')
  const uid = request.header('impersonate-uid')
  const extra = request.lines('impersonate-extra-*')
  if (name === undefined) {
    if (groups.length > 0 || uid !== undefined || extra.length > 0)
      throw badRequest(
        `requested &user.DefaultInfo{Name:"", UID:"${uid ?? ''}", Groups:[]string{${groups.map((group) => JSON.stringify(group)).join(', ')}}, Extra:map[string][]string(nil)} without impersonating a user name`,
      )
    return { user: by, by }
  }
  const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? []
  if (namespace !== undefined && account !== undefined)
    demand({ group: '', plural: 'serviceaccounts', name: account, namespace })
  else demand({ group: '', plural: 'users', name, namespace: '' })
  for (const group of groups) demand({ group: '', plural: 'groups', name: group, namespace: '' })
  if (uid !== undefined) demand({ group: 'authentication.k8s.io', plural: 'uids', name: uid, namespace: '' })
  for (const line of extra) {
    const [key = '', value = ''] = line.split('\n')
    demand({ group: 'authentication.k8s.io', plural: 'userextras', sub: `/${key}`, name: value, namespace: '' })
  }
  return { user: authenticated({ name, groups }), by }

  function demand(what: { group: string; plural: string; sub?: string; name: string; namespace: string }) {
    const attributes = {
      verb: 'impersonate',
      group: what.group,
      resource: `${what.plural}${what.sub ?? ''}`,
      namespace: what.namespace,
      name: what.name,
    }
    if (!authorize(by, attributes).allowed) throw forbidden(what, { name: what.name, why: refusal(by, attributes) })
  }
}

function tokenUser(request: Pick<ApiRequest, 'header'>, tokens: Tokens): User {
  const header = request.header('authorization')
  if (header === undefined) return tokens.nobody
  const [, token = ''] = /^Bearer\s+(\S+)$/i.exec(header) ?? []
  const user = tokens.userOf(token)
  if (user === undefined) throw unauthorized()
  return authenticated(user)
}
