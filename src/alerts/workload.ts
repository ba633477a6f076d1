import type { Labels } from './alert.ts'
import type { AlertGroup, AlertWorkload } from './group.ts'

/** kube-state-metrics' names, which rules of Prometheus and KubeSphere carry on. */
const kinds = [
  ['deployment', 'Deployment'],
  ['statefulset', 'StatefulSet'],
  ['daemonset', 'DaemonSet'],
] as const

/** The one cluster that all labels name, where it is a configured one. A cluster is never guessed. */
export function clusterOf(
  { members, groupLabels }: Pick<AlertGroup, 'members' | 'groupLabels'>,
  clusters: ReadonlySet<string>,
): string | undefined {
  const named = common([groupLabels, ...labelsOf({ members })], 'cluster')
  return named !== undefined && clusters.has(named) ? named : undefined
}

/**
 * The workload that the labels name, for all members the same; `unnamed` where no label names one (a pod's name does not tell: its owner has to be
 * looked up), `several` where they differ or cannot be a name.
 */
export function workloadOf(
  group: Pick<AlertGroup, 'members' | 'groupLabels'>,
  clusters: ReadonlySet<string>,
): AlertWorkload | 'unnamed' | 'several' {
  const all = labelsOf(group)
  const cluster = clusterOf(group, clusters)
  const namespace = common(all, 'namespace')
  const named = kinds.flatMap(([label, kind]) =>
    [...new Set(all.map((labels) => labels[label]).filter(filled))].map((name) => ({ kind, name })),
  )
  const [one, ...others] = named
  if (!one) return 'unnamed'
  const complete = all.every((labels) => kinds.some(([label]) => filled(labels[label])))
  if (others.length > 0 || !complete || cluster === undefined || namespace === undefined) return 'several'
  // Whoever can set a label could otherwise type into somebody's order: the buttons carry these names as one would type them.
  return isName(namespace) && isName(one.name) ? { cluster, namespace, ...one } : 'several'
}

/** RFC 1123, as Kubernetes takes it for names of workloads and, shorter, of namespaces. */
const isName = (text: string): boolean => text.length <= 253 && /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(text)

/** The value of a label that all have and that is the same in all. */
export function common(all: readonly Labels[], label: string): string | undefined {
  const values = new Set(all.map((labels) => labels[label]).filter(filled))
  const [only] = values
  return values.size === 1 ? only : undefined
}

/** Of the members whose labels are kept. */
export const labelsOf = ({ members }: Pick<AlertGroup, 'members'>): readonly Labels[] =>
  members.flatMap(({ details }) => (details ? [details.labels] : []))

const filled = (value: string | undefined): value is string => value !== undefined && value !== ''
