import type { ClusterAccess } from '../clusters/cluster.ts'
import type { ClusterName, WorkloadKind } from '../clusters/names.ts'
import type { Workload } from '../clusters/nouns.ts'
import type { TargetProblem } from './problems.ts'
import { searchByName, visibleNamespaces } from './search.ts'
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
  if (namespace === undefined) {
    const found = await searchByName(access, { name: typed.name, ...kind })
    return judge(found, { cluster, typed, access })
  }
  const workloads = await access.workloads({ namespace, name: typed.name, ...kind })
  return judge({ workloads, unanswered: [] }, { cluster, typed, access, namespace })
}

interface Search {
  readonly cluster: ClusterName
  readonly typed: TypedTarget
  readonly access: ClusterAccess
  readonly namespace?: string
}

async function judge(
  found: { readonly workloads: readonly Workload[]; readonly unanswered: readonly string[] },
  { cluster, typed, access, namespace }: Search,
): Promise<Resolution> {
  const { name } = typed
  const choices = found.workloads.map((one) => ({ namespace: one.namespace, kind: one.kind, name: one.name }))
  if (found.unanswered.length > 0) {
    const { unanswered } = found
    return { ok: false, problem: { code: 'target_search_incomplete', cluster, name, choices, unanswered } }
  }
  const [only, ...others] = found.workloads
  if (only && others.length === 0) return { ok: true, workload: only }
  if (only) return { ok: false, problem: { code: 'target_ambiguous', cluster, name, choices } }
  return {
    ok: false,
    problem: await notFound({ cluster, typed, access, ...(namespace === undefined ? {} : { namespace }) }),
  }
}

/** Names that do not exist get the nearest ones that do. */
async function notFound({ cluster, typed, access, namespace }: Search): Promise<TargetProblem> {
  const { name } = typed
  if (namespace === undefined) {
    const { workloads } = await searchByName(access, {})
    const near = nearNames(name, new Set(workloads.map((one) => one.name)))
    const homes = workloads.filter((one) => near.includes(one.name)).map((one) => `${one.namespace}/${one.name}`)
    return { code: 'target_not_found', cluster, name, nearest: homes.slice(0, 3) }
  }
  const names = (await access.workloads({ namespace })).map((one) => one.name)
  if (names.length === 0) {
    const namespaces = await visibleNamespaces(access)
    if (namespaces.length > 0 && !namespaces.includes(namespace)) {
      return { code: 'target_no_namespace', cluster, namespace, nearest: nearNames(namespace, namespaces) }
    }
  }
  return { code: 'target_not_found', cluster, namespace, name, nearest: nearNames(name, new Set(names)) }
}
