import type { JsonObject } from '../../json.ts'
import type { ObjectStore } from './object-store.ts'
import type { Resources } from './resources.ts'
import type { User } from './user.ts'
import { list, text, texts } from './fields.ts'
import { nameOf } from './objects.ts'

/** What somebody wants to do. `resource` includes a subresource: `pods/log`. */
export type Attributes =
  | {
      readonly verb: string
      readonly group: string
      readonly resource: string
      readonly namespace: string
      readonly name: string
    }
  | { readonly verb: string; readonly path: string }

type Verdict = { readonly allowed: true; readonly reason: string } | { readonly allowed: false }

export type Authorizer = (user: User, attributes: Attributes) => Verdict

const publicPaths = ['/healthz', '/livez', '/readyz', '/version']
const discoveryPaths = [...publicPaths, '/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*']
const reviews = ['selfsubjectaccessreviews', 'selfsubjectrulesreviews']

/** Role, ClusterRole and their bindings, as the store has them now, and what every cluster grants to everybody. */
export function createAuthorizer({
  store,
  resources,
}: {
  readonly store: ObjectStore
  readonly resources: Resources
}): Authorizer {
  const of = (kind: string) => resources.of('rbac.authorization.k8s.io/v1', kind)
  const clusterRoles = of('ClusterRole')
  const roles = of('Role')
  const clusterBindings = of('ClusterRoleBinding')
  const bindings = of('RoleBinding')

  const rulesOf = (binding: JsonObject, namespace: string) => {
    const name = text(binding, 'roleRef', 'name')
    const role =
      text(binding, 'roleRef', 'kind') === 'Role'
        ? store.get(roles, namespace, name)
        : store.get(clusterRoles, '', name)
    return list(role, 'rules')
  }

  return (user, attributes) => {
    if (user.groups.includes('system:masters')) return { allowed: true, reason: '' }
    if (isForEverybody(user, attributes))
      return {
        allowed: true,
        reason:
          'RBAC: allowed by ClusterRoleBinding "system:basic-user" of ClusterRole "system:basic-user" to Group "system:authenticated"',
      }
    for (const binding of store.list(clusterBindings)) {
      const subject = subjectOf(binding, user, '')
      if (subject !== undefined && rulesOf(binding, '').some((rule) => covers(rule, attributes)))
        return {
          allowed: true,
          reason: `RBAC: allowed by ClusterRoleBinding "${nameOf(binding)}" of ${roleOf(binding)} to ${subject}`,
        }
    }
    if ('path' in attributes || attributes.namespace === '') return { allowed: false }
    const { namespace } = attributes
    for (const binding of store.list(bindings, namespace)) {
      const subject = subjectOf(binding, user, namespace)
      if (subject !== undefined && rulesOf(binding, namespace).some((rule) => covers(rule, attributes)))
        return {
          allowed: true,
          reason: `RBAC: allowed by RoleBinding "${nameOf(binding)}/${namespace}" of ${roleOf(binding)} to ${subject}`,
        }
    }
    return { allowed: false }
  }
}

const roleOf = (binding: JsonObject) => `${text(binding, 'roleRef', 'kind')} "${text(binding, 'roleRef', 'name')}"`

function isForEverybody(user: User, attributes: Attributes): boolean {
  const known = user.groups.includes('system:authenticated')
  if ('path' in attributes)
    return (
      attributes.verb === 'get' &&
      (known ? discoveryPaths : publicPaths).some((pattern) => matchesPath(pattern, attributes.path))
    )
  return (
    known &&
    attributes.group === 'authorization.k8s.io' &&
    attributes.verb === 'create' &&
    reviews.includes(attributes.resource)
  )
}

const matchesPath = (pattern: string, path: string) =>
  pattern.endsWith('*')
    ? path.startsWith(pattern.slice(0, -1))
    : path === pattern || (path.startsWith(`${pattern}/`) && publicPaths.includes(pattern))

/** The subject that is this user, as verdicts name it. */
function subjectOf(binding: JsonObject, user: User, namespace: string): string | undefined {
  const found = list(binding, 'subjects').find((subject) => {
    const name = text(subject, 'name')
    switch (text(subject, 'kind')) {
      case 'User':
        return name === user.name
      case 'Group':
        return user.groups.includes(name)
      case 'ServiceAccount':
        return user.name === `system:serviceaccount:${text(subject, 'namespace') || namespace}:${name}`
      default:
        return false
    }
  })
  return found === undefined ? undefined : `${text(found, 'kind')} "${text(found, 'name')}"`
}

function covers(rule: JsonObject, attributes: Attributes): boolean {
  const has = (field: string, value: string) => texts(rule, field).some((one) => one === '*' || one === value)
  if (!has('verbs', attributes.verb)) return false
  if ('path' in attributes)
    return texts(rule, 'nonResourceURLs').some((one) => one === '*' || matchesPath(one, attributes.path))
  if (!has('apiGroups', attributes.group)) return false
  const [, subresource] = attributes.resource.split('/')
  const isNamed =
    has('resources', attributes.resource) ||
    (subresource !== undefined && texts(rule, 'resources').includes(`*/${subresource}`))
  const names = texts(rule, 'resourceNames')
  return isNamed && (names.length === 0 || names.includes(attributes.name))
}

/** How a refusal reads after `… is forbidden: `. */
export function refusal(user: User, attributes: Exclude<Attributes, { path: string }>): string {
  const scope = attributes.namespace === '' ? 'at the cluster scope' : `in the namespace "${attributes.namespace}"`
  return `User "${user.name}" cannot ${attributes.verb} resource "${attributes.resource}" in API group "${attributes.group}" ${scope}`
}
