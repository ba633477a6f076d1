import { rate, selector, sumBy } from './promql.ts'
import type { Matcher, PromQL } from './promql.ts'
import type { Unit } from './series.ts'
import { matchersOf } from './subject.ts'
import type { Belonging, Subject } from './subject.ts'

/** A metric and how its series lead to a workload. */
export interface Metric {
  readonly metric: string
  readonly of: Belonging
}

/** What several lines of one preset are called; a quantile is its own name. */
export type TraceName = 'wanted' | 'available' | 'received' | 'sent' | 'read' | 'written' | 'p50' | 'p95' | 'p99'

/** One query of a preset; without a name its series are called after the workload or the labels they are split by. */
export interface Trace {
  readonly name?: TraceName
  readonly query: PromQL
}

/** What a preset's queries are made from. */
export interface Asking {
  readonly subject: Subject
  /** Keeps every selector to the cluster, where several share a store. */
  readonly shared: readonly Matcher[]
  /** Labels to split by; none: one line for the workload. */
  readonly by: readonly string[]
  /** What counters are looked at over, ms. */
  readonly rateMs: number
}

/** One way to a preset's numbers; which of them works depends on what is scraped. */
export interface Way {
  /** All must exist. */
  readonly needs: readonly [Metric, ...Metric[]]
  traces(asking: Asking): readonly Trace[]
}

/** What usage is held against; drawn where its metric exists. */
export interface Bound {
  readonly kind: 'request' | 'limit'
  readonly needs: Metric
  query(asking: Asking): PromQL
}

export interface Preset<Name extends string = string> {
  readonly name: Name
  readonly unit: Unit
  /** Split like this unless told otherwise. */
  readonly by?: readonly string[]
  /** The first whose metrics exist is taken. */
  readonly ways: readonly [Way, ...Way[]]
  readonly bounds?: readonly Bound[]
}

export const definePreset = <const Name extends string>(preset: Preset<Name>): Preset<Name> => preset

/** The selector of a metric for the workload asked about. */
export function of({ metric, of: belonging }: Metric, asking: Asking, ...more: readonly Matcher[]): PromQL {
  return selector(metric, [...matchersOf(asking.subject, belonging), ...more, ...asking.shared])
}

/** Sum of a counter's growth in a second, split as asked. */
export const sumOfRate = (metric: Metric, asking: Asking, ...more: readonly Matcher[]): PromQL =>
  sumBy(asking.by, rate(of(metric, asking, ...more), asking.rateMs))

/** Containers, without the pod's own sums and its pause container. */
export const containers: readonly Matcher[] = [
  { label: 'container', is: '!=', value: '' },
  { label: 'container', is: '!=', value: 'POD' },
]

/** Requests and limits of a resource: of the workload, or of one pod where pods are shown apart. Nothing for other splits. */
export function boundsOf(resource: 'cpu' | 'memory'): readonly Bound[] {
  const only: Matcher = { label: 'resource', is: '=', value: resource }
  const bound = (kind: Bound['kind'], metric: string): Bound => {
    const needs: Metric = { metric, of: 'pod' }
    return {
      kind,
      needs,
      query: (asking) => {
        const each = sumBy(['pod'], of(needs, asking, only))
        return asking.by.length === 0 ? `sum(${each})` : `max(${each})`
      },
    }
  }
  return [
    bound('request', 'kube_pod_container_resource_requests'),
    bound('limit', 'kube_pod_container_resource_limits'),
  ]
}
