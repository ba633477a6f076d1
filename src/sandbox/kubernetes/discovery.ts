import type { JsonObject } from '../../json.ts'
import type { Resource, Resources } from './resources.ts'
import type { ServerVersion } from './server-version.ts'
import { openApiDocument, openApiIndex } from './open-api.ts'
import { groupVersion } from './resources.ts'

/** What a client may ask before it knows anything. Undefined for other paths. */
export function discoveryAnswer(
  path: string,
  resources: Resources,
  version: ServerVersion,
): JsonObject | string | undefined {
  switch (path) {
    case '/healthz':
    case '/livez':
    case '/readyz':
      return 'ok'
    case '/version':
    case '/version/':
      return {
        major: version.major,
        minor: version.minor,
        gitVersion: version.git,
        gitCommit: '0000000000000000000000000000000000000000',
        gitTreeState: 'clean',
        buildDate: '1970-01-01T00:00:00Z',
        goVersion: 'go1.26.8',
        compiler: 'gc',
        platform: 'linux/amd64',
      }
    case '/api':
    case '/api/':
      return {
        kind: 'APIVersions',
        versions: ['v1'],
        serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1:6443' }],
      }
    case '/apis':
    case '/apis/':
      return {
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: groupsOf(resources).map((group) => groupEntry(group, resources)),
      }
    case '/openapi/v3':
      return openApiIndex(resources)
    default:
      return path.startsWith('/openapi/v3/') ? openApiDocument(path.slice(12), resources) : groupAnswer(path, resources)
  }
}

const authorization = 'authorization.k8s.io'
const groupsOf = (resources: Resources) => [
  ...new Set([...resources.all().map(({ group }) => group), authorization].filter((group) => group !== '')),
]

function groupEntry(group: string, resources: Resources): JsonObject {
  const found = resources.all().filter((resource) => resource.group === group)
  const versions = [...new Set(found.map(({ version }) => version))]
  const named = (versions.length === 0 ? ['v1'] : versions).map((version) => ({
    groupVersion: `${group}/${version}`,
    version,
  }))
  return { name: group, versions: named, preferredVersion: named[0] ?? {} }
}

function groupAnswer(path: string, resources: Resources): JsonObject | undefined {
  const [, name] = /^\/(?:api|apis)\/([^/]+(?:\/[^/]+)?)\/?$/.exec(path) ?? []
  if (name === undefined) return undefined
  if (path.startsWith('/apis/') && !name.includes('/'))
    return groupsOf(resources).includes(name)
      ? { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(name, resources) }
      : undefined
  const entries =
    name === `${authorization}/v1`
      ? reviewEntries
      : resources
          .all()
          .filter((resource) => groupVersion(resource) === name)
          .flatMap(entriesOf)
  if (entries.length === 0) return undefined
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: name, resources: entries }
}

const reviewEntries: readonly JsonObject[] = [
  'SelfSubjectAccessReview',
  'SelfSubjectRulesReview',
  'SubjectAccessReview',
].map((kind) => ({
  name: `${kind.toLowerCase()}s`,
  singularName: kind.toLowerCase(),
  namespaced: false,
  kind,
  verbs: ['create'],
}))

function entriesOf(resource: Resource): readonly JsonObject[] {
  const { plural, kind, namespaced, shortNames } = resource
  const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']
  const subresources = resource.subresources.map((sub) => {
    const name = `${plural}/${sub}`
    if (sub === 'scale')
      return {
        name,
        singularName: '',
        namespaced,
        group: 'autoscaling',
        version: 'v1',
        kind: 'Scale',
        verbs: ['get', 'patch', 'update'],
      }
    return { name, singularName: '', namespaced, kind, verbs: sub === 'log' ? ['get'] : ['get', 'patch', 'update'] }
  })
  const short = shortNames.length === 0 ? {} : { shortNames }
  const all = [
    'pods',
    'deployments',
    'replicasets',
    'statefulsets',
    'daemonsets',
    'services',
    'horizontalpodautoscalers',
    'jobs',
    'cronjobs',
  ]
  const categories = all.includes(plural) && !resource.custom ? { categories: ['all'] } : {}
  return [
    { name: plural, singularName: kind.toLowerCase(), namespaced, kind, verbs, ...short, ...categories },
    ...subresources,
  ]
}
