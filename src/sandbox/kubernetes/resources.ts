/** One kind of object and the URL it lives under. */
export interface Resource {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly kind: string
  readonly namespaced: boolean
  readonly shortNames: readonly string[]
  readonly subresources: readonly string[]
  /** Custom resources keep any field and refuse strategic merge. */
  readonly custom: boolean
  /** What a change must touch to raise `metadata.generation`; undefined for kinds without one. */
  readonly generation: 'spec' | 'spec-or-annotations' | 'all-but-status' | undefined
}

export interface CustomResource {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly kind: string
  readonly namespaced?: 'no'
  readonly subresources?: readonly string[]
  readonly shortNames?: readonly string[]
}

export type Resources = ReturnType<typeof createResources>

export const groupVersion = (resource: Pick<Resource, 'group' | 'version'>) =>
  resource.group === '' ? resource.version : `${resource.group}/${resource.version}`

/** `deployments.apps`, `pods`: how messages name a resource. */
export const qualified = (resource: Pick<Resource, 'group' | 'plural'>) =>
  resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`

/** `Deployment.apps`, `Pod`. */
export const qualifiedKind = (resource: Pick<Resource, 'group' | 'kind'>) =>
  resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`

type Traits = Partial<Pick<Resource, 'namespaced' | 'subresources' | 'generation'>> & { readonly short?: string }

function builtin(groupVersion: string, names: string, traits: Traits = {}): Resource {
  const slash = groupVersion.indexOf('/')
  const [kind = '', plural = `${kind.toLowerCase()}s`] = names.split(' ')
  return {
    group: slash < 0 ? '' : groupVersion.slice(0, slash),
    version: groupVersion.slice(slash + 1),
    plural,
    kind,
    namespaced: traits.namespaced ?? true,
    shortNames: traits.short?.split(' ') ?? [],
    subresources: traits.subresources ?? [],
    custom: false,
    generation: traits.generation,
  }
}

const cluster = { namespaced: false } as const
const status = ['status']
const scaled = ['scale', 'status']

const builtins: readonly Resource[] = [
  builtin('v1', 'ConfigMap', { short: 'cm' }),
  builtin('v1', 'Event', { short: 'ev' }),
  builtin('v1', 'Namespace', { ...cluster, subresources: ['finalize', 'status'], short: 'ns' }),
  builtin('v1', 'Node', { ...cluster, subresources: status, short: 'no' }),
  builtin('v1', 'PersistentVolumeClaim', { subresources: status, short: 'pvc' }),
  builtin('v1', 'Pod', { subresources: ['log', 'status'], short: 'po' }),
  builtin('v1', 'ResourceQuota', { subresources: status, short: 'quota' }),
  builtin('v1', 'Secret'),
  builtin('v1', 'Service', { subresources: status, short: 'svc' }),
  builtin('v1', 'ServiceAccount', { short: 'sa' }),
  builtin('apps/v1', 'ControllerRevision'),
  builtin('apps/v1', 'DaemonSet', { subresources: status, short: 'ds', generation: 'spec' }),
  builtin('apps/v1', 'Deployment', { subresources: scaled, short: 'deploy', generation: 'spec-or-annotations' }),
  builtin('apps/v1', 'ReplicaSet', { subresources: scaled, short: 'rs', generation: 'spec' }),
  builtin('apps/v1', 'StatefulSet', { subresources: scaled, short: 'sts', generation: 'spec' }),
  builtin('autoscaling/v2', 'HorizontalPodAutoscaler', { subresources: status, short: 'hpa', generation: 'spec' }),
  builtin('batch/v1', 'CronJob', { subresources: status, short: 'cj', generation: 'spec' }),
  builtin('batch/v1', 'Job', { subresources: status, generation: 'spec' }),
  builtin('coordination.k8s.io/v1', 'Lease'),
  builtin('networking.k8s.io/v1', 'Ingress ingresses', { subresources: status, short: 'ing', generation: 'spec' }),
  builtin('policy/v1', 'PodDisruptionBudget', { subresources: status, short: 'pdb', generation: 'spec' }),
  builtin('rbac.authorization.k8s.io/v1', 'ClusterRole', cluster),
  builtin('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', cluster),
  builtin('rbac.authorization.k8s.io/v1', 'Role'),
  builtin('rbac.authorization.k8s.io/v1', 'RoleBinding'),
]

/** Installed unless told otherwise: what a shop with gray release and KEDA has. */
export const usualCustomResources: readonly CustomResource[] = [
  { group: 'argoproj.io', version: 'v1alpha1', plural: 'rollouts', kind: 'Rollout', subresources: ['scale', 'status'] },
  { group: 'argoproj.io', version: 'v1alpha1', plural: 'applications', kind: 'Application' },
  { group: 'keda.sh', version: 'v1alpha1', plural: 'scaledobjects', kind: 'ScaledObject', subresources: ['status'] },
]

export function createResources(custom: readonly CustomResource[]) {
  const all = [
    ...builtins,
    ...custom.map(({ group, version, plural, kind, namespaced, subresources, shortNames }) => ({
      group,
      version,
      plural,
      kind,
      namespaced: namespaced !== 'no',
      shortNames: shortNames ?? [],
      subresources: subresources ?? [],
      custom: true,
      generation: 'all-but-status' as const,
    })),
  ]
  const byUrl = new Map(all.map((resource) => [`${groupVersion(resource)}/${resource.plural}`, resource]))
  const byKind = new Map(all.map((resource) => [`${groupVersion(resource)}/${resource.kind}`, resource]))
  return {
    all: (): readonly Resource[] => all,
    hasGroupVersion: (name: string) => all.some((resource) => groupVersion(resource) === name),
    /** `apps/v1`, `deployments`. */
    at: (apiVersion: string, plural: string): Resource | undefined => byUrl.get(`${apiVersion}/${plural}`),
    /** `apps/v1`, `Deployment`; throws for kinds this cluster does not have. */
    of: (apiVersion: string, kind: string): Resource => {
      const found = byKind.get(`${apiVersion}/${kind}`)
      if (found === undefined) throw new Error(`no kind ${kind} in ${apiVersion} on the simulated cluster`)
      return found
    },
  }
}
