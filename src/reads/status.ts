import type { ClusterAccess } from '../clusters/cluster.ts'
import type { Autoscaler, KubernetesEvent, Pod, Workload } from '../clusters/nouns.ts'
import { searchByName } from '../targets/search.ts'
import { unlessForbidden } from './answers.ts'
import { healthOf, worstFirst } from './health.ts'
import type { Health } from './health.ts'

/** One workload as it is now. Parts that the caller may not see are absent. */
export interface WorkloadStatus {
  readonly workload: Workload
  readonly health: Health
  /** Worst first. */
  readonly pods: readonly Pod[]
  readonly autoscaler?: Autoscaler
  /** The latest warnings about it and its pods, newest first. */
  readonly warnings: readonly KubernetesEvent[]
}

const warningsShown = 3

/** Everything about one workload, asked at once. Throws `ClusterError` for all but what the caller may not see. */
export async function workloadStatus(workload: Workload, access: ClusterAccess): Promise<WorkloadStatus> {
  const { namespace, kind, name, selector } = workload
  const [pods, autoscalers, events] = await Promise.all([
    unlessForbidden(access.pods({ namespace, selector })),
    unlessForbidden(access.autoscalers(namespace)),
    unlessForbidden(access.events({ namespace })),
  ])
  const autoscaler = autoscalers?.find(({ target }) => target.kind === kind && target.name === name)
  const own = new Set([name, ...(pods ?? []).map((pod) => pod.name)])
  const warnings = (events ?? [])
    .filter((event) => event.type === 'Warning' && own.has(event.about.name))
    .sort((a, b) => b.lastAt - a.lastAt)
    .slice(0, warningsShown)
  const unwell = (pod: Pod) => (pod.reasons.length > 0 ? 0 : pod.ready ? 2 : 1)
  return {
    workload,
    health: healthOf(workload),
    pods: [...(pods ?? [])].sort((a, b) => unwell(a) - unwell(b) || a.name.localeCompare(b.name)),
    ...(autoscaler ? { autoscaler } : {}),
    warnings,
  }
}

/** Workloads of one place, worst first. */
export interface PlaceStatus {
  readonly workloads: readonly Workload[]
  /** Namespaces that did not answer. */
  readonly unanswered: readonly string[]
}

/** Without a namespace: all that the caller can see. */
export async function placeStatus(access: ClusterAccess, namespace: string | undefined): Promise<PlaceStatus> {
  if (namespace !== undefined) return { workloads: worstFirst(await access.workloads({ namespace })), unanswered: [] }
  const { workloads, unanswered } = await searchByName(access, {})
  return { workloads: worstFirst(workloads), unanswered }
}

/** One cluster at a glance. */
export interface ClusterStatus extends PlaceStatus {
  readonly version: string
  /** Absent where the caller may not list nodes. */
  readonly nodes?: { readonly ready: number; readonly all: number; readonly troubled: readonly string[] }
}

/** Version, nodes and all workloads that the caller can see. Throws `ClusterError`. */
export async function clusterStatus(access: ClusterAccess): Promise<ClusterStatus> {
  const [version, nodes, place] = await Promise.all([
    access.version(),
    unlessForbidden(access.nodes()),
    placeStatus(access, undefined),
  ])
  return { version, ...(nodes ? { nodes: nodesAtAGlance(nodes) } : {}), ...place }
}

function nodesAtAGlance(nodes: Awaited<ReturnType<ClusterAccess['nodes']>>): NonNullable<ClusterStatus['nodes']> {
  const troubled = nodes.filter((node) => !node.ready || !node.schedulable || node.pressures.length > 0)
  const say = (node: (typeof troubled)[number]) =>
    [node.name, node.ready ? '' : 'NotReady', node.schedulable ? '' : 'SchedulingDisabled', ...node.pressures]
      .filter((word) => word !== '')
      .join(' ')
  return {
    ready: nodes.filter((node) => node.ready).length,
    all: nodes.length,
    troubled: troubled.slice(0, 5).map(say),
  }
}

/** `/ops clusters`: is it there, how fast, what is it. */
export interface ClusterGlance {
  readonly version: string
  readonly answeredInMs: number
  readonly nodes?: { readonly ready: number; readonly all: number }
}

/** `answeredInMs` is the time of one request, connecting included where there was no connection. */
export async function clusterGlance(access: ClusterAccess, now: () => number): Promise<ClusterGlance> {
  const asked = now()
  const timed = async () => ({ version: await access.version(), answeredInMs: now() - asked })
  const [answer, nodes] = await Promise.all([timed(), unlessForbidden(access.nodes())])
  return {
    ...answer,
    ...(nodes ? { nodes: { ready: nodes.filter((node) => node.ready).length, all: nodes.length } } : {}),
  }
}
