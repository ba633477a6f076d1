import { ClusterError } from '../clusters/problems.ts'
import type { ClusterAccess } from '../clusters/cluster.ts'
import type { WorkloadKind } from '../clusters/names.ts'
import type { Workload } from '../clusters/nouns.ts'

/** How many namespaces are asked at once where the cluster-wide list is not allowed. */
const width = 8

export interface Found {
  readonly workloads: readonly Workload[]
  /** Namespaces that did not answer; those that answered "not for you" are simply not visible. */
  readonly unanswered: readonly string[]
}

/** Workloads in all namespaces that the caller can see: one list where that is allowed, otherwise namespace by namespace. */
export async function searchByName(
  access: ClusterAccess,
  query: { readonly name?: string; readonly kind?: WorkloadKind },
): Promise<Found> {
  try {
    return { workloads: await access.workloads(query), unanswered: [] }
  } catch (error) {
    if (!isForbidden(error)) throw error
  }
  const waiting = [...(await access.namespaces())]
  const workloads: Workload[] = []
  const unanswered: string[] = []
  const ask = async (): Promise<void> => {
    for (let namespace = waiting.shift(); namespace !== undefined; namespace = waiting.shift()) {
      try {
        workloads.push(...(await access.workloads({ ...query, namespace })))
      } catch (error) {
        if (!isForbidden(error)) unanswered.push(namespace)
      }
    }
  }
  await Promise.all(Array.from({ length: width }, ask))
  return { workloads, unanswered }
}

const isForbidden = (error: unknown): boolean =>
  error instanceof ClusterError && error.problem.code === 'cluster_forbidden'

/** Names of namespaces for a hint; none where the caller may not list them. */
export async function visibleNamespaces(access: ClusterAccess): Promise<readonly string[]> {
  try {
    return await access.namespaces()
  } catch (error) {
    if (isForbidden(error)) return []
    throw error
  }
}
