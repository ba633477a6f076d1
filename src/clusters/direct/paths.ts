import type { ObjectRef, WorkloadKind } from '../names.ts'

/** Lower-case plural under which the API serves a kind. */
export const workloadResources = {
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
} as const satisfies Record<WorkloadKind, string>

const known: Readonly<Record<string, string>> = {
  'apps/v1/Deployment': 'deployments',
  'apps/v1/StatefulSet': 'statefulsets',
  'apps/v1/DaemonSet': 'daemonsets',
  'apps/v1/ReplicaSet': 'replicasets',
  'apps/v1/ControllerRevision': 'controllerrevisions',
  'autoscaling/v2/HorizontalPodAutoscaler': 'horizontalpodautoscalers',
  'v1/Pod': 'pods',
  'v1/Event': 'events',
  'v1/Service': 'services',
  'v1/ConfigMap': 'configmaps',
  'v1/ResourceQuota': 'resourcequotas',
  'keda.sh/v1alpha1/ScaledObject': 'scaledobjects',
}

/** The plural of a kind that needs no asking. */
export function knownResource({ apiVersion, kind }: Pick<ObjectRef, 'apiVersion' | 'kind'>): string | undefined {
  return known[`${apiVersion}/${kind}`]
}

/** `/apis/apps/v1` or `/api/v1`. */
export function groupPath(apiVersion: string): string {
  return (apiVersion.includes('/') ? '/apis/' : '/api/') + apiVersion.split('/').map(segment).join('/')
}

/** `/apis/apps/v1/namespaces/shop/deployments/web`, as far as the parts are given. */
export function resourcePath(of: {
  readonly apiVersion: string
  readonly resource: string
  readonly namespace?: string | undefined
  readonly name?: string
}): string {
  const namespace = of.namespace === undefined ? [] : ['namespaces', segment(of.namespace)]
  const name = of.name === undefined ? [] : [segment(of.name)]
  return [groupPath(of.apiVersion), ...namespace, of.resource, ...name].join('/')
}

/** One path segment. `.` and `..` would be resolved away by proxies, and an empty one would address the collection. */
function segment(text: string): string {
  if (text === '' || text === '.' || text === '..') throw new TypeError(`"${text}" is no name of an object`)
  return encodeURIComponent(text)
}
