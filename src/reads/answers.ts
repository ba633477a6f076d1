import { ClusterError } from '../clusters/problems.ts'
import type { ClusterProblem } from '../clusters/problems.ts'
import type { ClusterName } from '../clusters/names.ts'

/** One cluster's part of an answer: what it said, or why it said nothing. */
export type ClusterAnswer<Value> =
  | { readonly cluster: ClusterName; readonly ok: true; readonly value: Value }
  | { readonly cluster: ClusterName; readonly ok: false; readonly problem: ClusterProblem }

/** Asks every cluster at once. One that is down, slow or lying costs only its own part; each keeps its own deadline. */
export function askAll<Value>(
  clusters: readonly ClusterName[],
  ask: (cluster: ClusterName) => Promise<Value>,
): Promise<readonly ClusterAnswer<Value>[]> {
  return Promise.all(
    clusters.map(async (cluster): Promise<ClusterAnswer<Value>> => {
      try {
        return { cluster, ok: true, value: await ask(cluster) }
      } catch (error) {
        if (error instanceof ClusterError) return { cluster, ok: false, problem: error.problem }
        throw error
      }
    }),
  )
}

/** Undefined where the cluster does not let this caller look; everything else is thrown. */
export async function unlessForbidden<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ClusterError && error.problem.code === 'cluster_forbidden') return undefined
    throw error
  }
}
