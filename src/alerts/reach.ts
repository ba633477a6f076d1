import { labelsOf } from './workload.ts'
import type { Labels } from './alert.ts'
import type { AlertGroup } from './group.ts'
import type { Matcher } from './matchers.ts'

/** As far as something is bound to one place; undefined: it is not. */
export interface Reach {
  /** A configured one. */
  readonly cluster: string | undefined
  readonly namespace: string | undefined
  /** Of the workload. */
  readonly name: string | undefined
}

/** Where the alerts of a group are. Those whose labels are not kept may be anywhere, but for what made them a group. */
export function reachOfGroup(group: AlertGroup, clusters: ReadonlySet<string>): Reach {
  const { groupLabels, members, workload } = group
  const kept = labelsOf(group)
  const all = kept.length === members.length && group.beyond === 0 ? kept : []
  const bound = (label: string): string | undefined => groupLabels[label] || sharedBy(all, label)
  const namespace = bound('namespace')
  return {
    cluster: known(bound('cluster'), clusters),
    namespace,
    name: namespace === workload?.namespace ? workload?.name : undefined,
  }
}

/** Where alerts must be to be silenced by these matchers. */
export function reachOfMatchers(matchers: readonly Matcher[], clusters: ReadonlySet<string>): Reach {
  const demanded = (label: string): string | undefined =>
    matchers.find(({ name, value, isEqual, isRegex }) => name === label && isEqual && !isRegex && value !== '')?.value
  return {
    cluster: known(demanded('cluster'), clusters),
    namespace: demanded('namespace'),
    name: demanded('deployment') ?? demanded('statefulset') ?? demanded('daemonset'),
  }
}

const known = (name: string | undefined, clusters: ReadonlySet<string>): string | undefined =>
  name !== undefined && clusters.has(name) ? name : undefined

function sharedBy([first, ...others]: readonly Labels[], label: string): string | undefined {
  const value = first?.[label]
  return value !== '' && others.every((labels) => labels[label] === value) ? value : undefined
}
