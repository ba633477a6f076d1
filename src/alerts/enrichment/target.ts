import type { Clusters, ClusterAccess } from '../../clusters/cluster.ts'
import { ClusterName } from '../../clusters/names.ts'
import type { WorkloadRef } from '../../clusters/names.ts'
import type { Workload } from '../../clusters/nouns.ts'
import type { AlertGroup } from '../group.ts'
import { clusterOf, common, labelsOf } from '../workload.ts'
import { ownerOfPod } from './owner.ts'

/** What the alerts are about, in a cluster as the bot reads it. */
export interface Subject {
  readonly workload: Workload
  readonly access: ClusterAccess
  /** Pods that the labels name, at most `mostPods`. */
  readonly pods: readonly string[]
  /** The container that the labels name. */
  readonly container?: string
}

export type Target =
  | { readonly kind: 'subject'; readonly subject: Subject }
  /** `unnamed`: no label leads to one; `elsewhere`: the labels name no cluster of ours; `several`; `gone`: it was there; `unowned`: no workload stands behind the pod. */
  | { readonly kind: 'nothing'; readonly why: 'unnamed' | 'elsewhere' | 'several' | 'gone' | 'unowned' }

const mostPods = 5

/** The workload behind the labels, on the cluster that the labels name and nowhere else. Throws `ClusterError`. */
export async function targetOf(group: AlertGroup, clusters: Clusters): Promise<Target> {
  const labels = labelsOf(group)
  const pods = distinct(labels.map((label) => label['pod'])).slice(0, mostPods)
  const container = common(labels, 'container')
  const found = await refOf(group, clusters, pods)
  if (typeof found === 'string') return { kind: 'nothing', why: found }
  const access = clusters.get(found.cluster)?.as('bot')
  if (!access) return { kind: 'nothing', why: 'elsewhere' }
  const workload = await access.workload(found)
  if (!workload) return { kind: 'nothing', why: 'gone' }
  return { kind: 'subject', subject: { workload, access, pods, ...(container === undefined ? {} : { container }) } }
}

type Nothing = Extract<Target, { kind: 'nothing' }>['why']

async function refOf(group: AlertGroup, clusters: Clusters, pods: readonly string[]): Promise<WorkloadRef | Nothing> {
  if (group.workload) return { ...group.workload, cluster: ClusterName.parse(group.workload.cluster) }
  const cluster = ClusterName.safeParse(clusterOf(group, new Set(clusters.keys())))
  if (!cluster.success) return 'elsewhere'
  const all = labelsOf(group)
  const namespaces = distinct(all.map((label) => label['namespace']))
  const [namespace] = namespaces
  if (namespaces.length > 1) return 'several'
  const access = clusters.get(cluster.data)?.as('bot')
  if (!access || namespace === undefined || pods.length === 0) return 'unnamed'
  const owners = await Promise.all(pods.map((name) => ownerOfPod({ namespace, name }, access)))
  const named = new Map(
    owners.flatMap((owner) => (typeof owner === 'string' ? [] : [[`${owner.kind}/${owner.name}`, owner] as const])),
  )
  const [one] = named.values()
  if (one === undefined) return owners.includes('gone') ? 'gone' : 'unowned'
  return named.size > 1 ? 'several' : { cluster: cluster.data, namespace, ...one }
}

const distinct = (values: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(values.flatMap((value) => (value === undefined || value === '' ? [] : [value]))),
]
