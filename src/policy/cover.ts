import type { GrantText, Range } from './schema.ts'
import type { KnownClusters } from './policy.ts'
import { compilePattern } from './patterns.ts'
import { expandActions } from './actions.ts'
import { reachedNames } from './limits.ts'

/** The parts of a grant or guard that say where and what it reaches. */
export type Reach = Pick<
  GrantText,
  'actions' | 'environments' | 'clusters' | 'namespaces' | 'names' | 'images' | 'replicas'
>

/** Clusters that a rule reaches. */
export function reachedClusters({ environments, clusters }: Reach, known: KnownClusters): readonly string[] {
  const places = environments === undefined ? undefined : reachedNames(environments, known.values())
  const names = clusters === undefined ? undefined : reachedNames(clusters, known.keys())
  return [...known]
    .filter(([name, place]) => (names?.has(name) ?? true) && (places?.has(place) ?? true))
    .map(([name]) => name)
}

/** Is everything that `inner` reaches reached by `outer` as well? Says yes only when it is sure. */
export function covers(outer: Reach, inner: Reach, known: KnownClusters): boolean {
  return (
    coversActions(outer, inner) &&
    coversClusters(outer, inner, known) &&
    coversPatterns(outer.namespaces, inner.namespaces) &&
    coversPatterns(outer.names, inner.names) &&
    coversPatterns(outer.images, inner.images) &&
    coversRange(outer.replicas, inner.replicas)
  )
}

function coversActions(outer: Reach, inner: Reach): boolean {
  const wide = expandActions(outer.actions)
  return [...expandActions(inner.actions)].every(([action, directions]) => {
    if (!wide.has(action)) return false
    const reached = wide.get(action)
    return reached === undefined || directions?.every((direction) => reached.includes(direction)) === true
  })
}

function coversClusters(outer: Reach, inner: Reach, known: KnownClusters): boolean {
  if (outer.clusters === undefined && outer.environments === undefined) return true
  // A rule without a place also reaches questions about no cluster.
  if (inner.clusters === undefined && inner.environments === undefined) return false
  const wide = reachedClusters(outer, known)
  return reachedClusters(inner, known).every((name) => wide.includes(name))
}

function coversPatterns(outer: readonly string[] | undefined, inner: readonly string[] | undefined): boolean {
  if (outer === undefined) return true
  return inner?.every((pattern) => outer.some((wide) => wide === pattern || coversPattern(wide, pattern))) === true
}

function coversPattern(outer: string, inner: string): boolean {
  return outer === '**' || (!inner.includes('*') && compilePattern(outer)(inner))
}

function coversRange(outer: Range | undefined, inner: Range | undefined): boolean {
  if (outer === undefined) return true
  if (inner === undefined) return false
  return (outer.min ?? 0) <= (inner.min ?? 0) && (outer.max ?? Infinity) >= (inner.max ?? Infinity)
}
