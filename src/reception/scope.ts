import type { ClusterName } from '../clusters/names.ts'
import type { ScopeText } from '../command-line/context.ts'
import { nearNames } from '../near-names.ts'
import type { TargetProblem } from '../targets/problems.ts'
import type { Asking } from './asking.ts'
import type { Desk } from './desk.ts'

export type Scope =
  | { readonly ok: true; readonly clusters: readonly ClusterName[] }
  | { readonly ok: false; readonly problem: TargetProblem }

/** Which clusters a read looks at: those named, groups spread out; else the channel's; else all. */
export function scopeOf(typed: Pick<ScopeText, 'clusters'>, asking: Asking, desk: Desk): Scope {
  const all = [...desk.clusters.keys()]
  const named =
    typed.clusters.length > 0 ? typed.clusters : asking.around.cluster === undefined ? [] : [asking.around.cluster]
  if (named.length === 0) return { ok: true, clusters: all }
  const found: ClusterName[] = []
  for (const name of named) {
    const group = desk.groups.get(name)
    const cluster = all.find((one) => one === name)
    if (!group && cluster === undefined) {
      const nearest = nearNames(name, [...all, ...desk.groups.keys()])
      return { ok: false, problem: { code: 'target_unknown_cluster', found: name, nearest, clusters: all } }
    }
    found.push(...(group ?? []), ...(cluster === undefined ? [] : [cluster]))
  }
  return { ok: true, clusters: [...new Set(found)] }
}
