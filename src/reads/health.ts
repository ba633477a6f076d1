import type { Workload } from '../clusters/nouns.ts'

/** How a workload stands to what is wanted of it. */
export type Health = 'well' | 'moving' | 'short' | 'failing' | 'asleep'

const order: readonly Health[] = ['failing', 'short', 'moving', 'asleep', 'well']

/** `failing`: the controller has given up or cannot make pods; `short`: fewer ready than wanted; `moving`: a rollout is under way and nobody is missing. */
export function healthOf(workload: Workload): Health {
  const { replicas, ready, updated, conditions, generation, observedGeneration } = workload
  const has = (type: string, status: string, reason?: string) =>
    conditions.some(
      (one) => one.type === type && one.status === status && (reason === undefined || one.reason === reason),
    )
  if (has('ReplicaFailure', 'True') || has('Progressing', 'False', 'ProgressDeadlineExceeded')) return 'failing'
  if (replicas === 0) return 'asleep'
  if (ready === 0) return 'failing'
  if (ready < replicas) return 'short'
  return updated < replicas || observedGeneration < generation ? 'moving' : 'well'
}

/** Worst first; among equals, by place and name. */
export function worstFirst(workloads: readonly Workload[]): Workload[] {
  const rank = (workload: Workload) => order.indexOf(healthOf(workload))
  const name = (workload: Workload) => `${workload.namespace}/${workload.name}`
  return [...workloads].sort((a, b) => rank(a) - rank(b) || name(a).localeCompare(name(b)))
}
