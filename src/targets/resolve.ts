import type { ClusterAccess } from '../clusters/cluster.ts'
import type { ClusterName, WorkloadKind } from '../clusters/names.ts'
import type { Workload } from '../clusters/nouns.ts'
import type { TargetProblem } from './problems.ts'
import { searchByName, visibleNamespaces } from './search.ts'
import type { Found } from './search.ts'
import { nearNames } from '../near-names.ts'

/** A target as typed: any part but the name may be missing. */
export interface TypedTarget {
  readonly cluster?: string
  readonly namespace?: string
  readonly kind?: WorkloadKind
  readonly name: string
}

/** Where an order was typed decides what it leaves out: the thread's workload first, then the channel's defaults. */
export interface Surroundings {
  readonly cluster?: string
  readonly namespace?: string
}

export interface ResolveParts {
  /** Every configured cluster. */
  readonly clusters: readonly ClusterName[]
  readonly groups: ReadonlyMap<string, readonly ClusterName[]>
  /** As whoever asks. */
  readonly access: (cluster: ClusterName) => ClusterAccess
  readonly visible: Visible
}

/** What whoever asks may know of, by the policy: of the rest a search finds nothing, and a hint says nothing. */
export interface Visible {
  workloads(found: readonly Workload[]): Promise<readonly Workload[]>
  /** Those in which something may be. */
  namespaces(cluster: ClusterName, names: readonly string[]): Promise<readonly string[]>
}

export type Resolution =
  | { readonly ok: true; readonly workload: Workload }
  | { readonly ok: false; readonly problem: TargetProblem }

/** The one cluster that is meant. A cluster is never found by search. */
export function resolveCluster(
  typed: string | undefined,
  around: Surroundings,
  { clusters, groups }: Pick<ResolveParts, 'clusters' | 'groups'>,
): { readonly ok: true; readonly cluster: ClusterName } | { readonly ok: false; readonly problem: TargetProblem } {
  const found = typed ?? around.cluster
  if (found === undefined) return { ok: false, problem: { code: 'target_no_cluster', clusters } }
  const cluster = clusters.find((name) => name === found)
  if (cluster !== undefined) return { ok: true, cluster }
  const group = groups.get(found)
  if (group) return { ok: false, problem: { code: 'target_group_for_change', group: found, clusters: group } }
  return {
    ok: false,
    problem: { code: 'target_unknown_cluster', found, nearest: nearNames(found, clusters), clusters },
  }
}

/**
 * The one workload that is meant, read live. Without a namespace all that the asker can see are searched; the result counts only if all of
 * them answered. Throws `ClusterError` where the cluster itself cannot be asked.
 */
export async function resolveWorkload(
  typed: TypedTarget,
  around: Surroundings,
  parts: ResolveParts,
): Promise<Resolution> {
  const where = resolveCluster(typed.cluster, around, parts)
  if (!where.ok) return where
  const { cluster } = where
  const access = parts.access(cluster)
  const namespace = typed.namespace ?? around.namespace
  const kind = typed.kind === undefined ? {} : { kind: typed.kind }
  const { visible } = parts
  if (namespace === undefined) {
    const found = await searchVisible({ cluster, access, visible }, { name: typed.name, ...kind })
    return judge(found, { cluster, typed, access, visible })
  }
  const workloads = await access.workloads({ namespace, name: typed.name, ...kind })
  return judge({ workloads, unanswered: [] }, { cluster, typed, access, visible, namespace })
}

async function searchVisible(
  { cluster, access, visible }: Pick<Search, 'cluster' | 'access' | 'visible'>,
  query: Parameters<typeof searchByName>[1],
): Promise<Found> {
  const { workloads, unanswered } = await searchByName(access, query)
  return {
    workloads: await visible.workloads(workloads),
    unanswered: await visible.namespaces(cluster, unanswered),
  }
}

interface Search {
  readonly cluster: ClusterName
  readonly typed: TypedTarget
  readonly access: ClusterAccess
  readonly visible: Visible
  readonly namespace?: string
}

async function judge(found: Found, search: Search): Promise<Resolution> {
  const { cluster, typed } = search
  const { name } = typed
  const choices = found.workloads.map((one) => ({ namespace: one.namespace, kind: one.kind, name: one.name }))
  if (found.unanswered.length > 0) {
    const { unanswered } = found
    return { ok: false, problem: { code: 'target_search_incomplete', cluster, name, choices, unanswered } }
  }
  const [only, ...others] = found.workloads
  if (only && others.length === 0) return { ok: true, workload: only }
  if (only) return { ok: false, problem: { code: 'target_ambiguous', cluster, name, choices } }
  return { ok: false, problem: await notFound(search) }
}

/** Names that do not exist get the nearest ones that do. */
async function notFound(search: Search): Promise<TargetProblem> {
  const { cluster, typed, access, visible, namespace } = search
  const { name } = typed
  if (namespace === undefined) {
    const { workloads } = await searchVisible(search, {})
    const near = nearNames(name, new Set(workloads.map((one) => one.name)))
    const homes = workloads.filter((one) => near.includes(one.name)).map((one) => `${one.namespace}/${one.name}`)
    return { code: 'target_not_found', cluster, name, nearest: homes.slice(0, 3) }
  }
  const here = await access.workloads({ namespace })
  const names = (await visible.workloads(here)).map((one) => one.name)
  if (here.length === 0) {
    const namespaces = await visible.namespaces(cluster, await visibleNamespaces(access))
    if (namespaces.length > 0 && !namespaces.includes(namespace)) {
      return { code: 'target_no_namespace', cluster, namespace, nearest: nearNames(namespace, namespaces) }
    }
  }
  return { code: 'target_not_found', cluster, namespace, name, nearest: nearNames(name, new Set(names)) }
}
