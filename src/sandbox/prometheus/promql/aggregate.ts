import { executionFault } from './fault.ts'
import { labelKey, metricName, only, without } from './labels.ts'
import type { Labels } from './labels.ts'
import { quantile } from './quantiles.ts'
import { extreme } from './range-functions.ts'
import type { Grouping } from './syntax.ts'
import type { Sample } from './values.ts'

interface Asked {
  readonly name: string
  readonly grouping: Grouping
  /** Of `topk`, `bottomk` and `quantile`. */
  readonly parameter: number
}

/** Keeps what it worked out about labels between the steps of one query. */
export function createAggregation(grouping: Grouping) {
  const known = new WeakMap<Labels, { readonly key: string; readonly labels: Labels }>()
  const groupOf = (labels: Labels) => {
    const found = known.get(labels)
    if (found !== undefined) return found
    const { of, names } = grouping
    const kept = of === 'by' ? only(labels, names) : without(labels, [...names, metricName])
    const group = { key: labelKey(kept), labels: kept }
    known.set(labels, group)
    return group
  }
  const shared = new Map<string, Labels>()

  return (asked: Omit<Asked, 'grouping'>, samples: readonly Sample[]): readonly Sample[] => {
    const groups = new Map<string, Sample[]>()
    for (const sample of samples) {
      const { key, labels } = groupOf(sample.labels)
      if (!shared.has(key)) shared.set(key, labels)
      const members = groups.get(key)
      if (members === undefined) groups.set(key, [sample])
      else members.push(sample)
    }
    return [...groups].flatMap(([key, members]) => summary(asked, shared.get(key) ?? new Map(), members))
  }
}

function summary(
  { name, parameter }: Omit<Asked, 'grouping'>,
  labels: Labels,
  members: readonly Sample[],
): readonly Sample[] {
  const values = members.map(({ value }) => value)
  const total = (): number => values.reduce((all, one) => all + one, 0)
  const one = (value: number): readonly Sample[] => [{ labels, value }]
  switch (name) {
    case 'sum':
      return one(total())
    case 'avg':
      return one(total() / values.length)
    case 'count':
      return one(values.length)
    case 'group':
      return one(1)
    case 'min':
      return one(extreme(values, 'least'))
    case 'max':
      return one(extreme(values, 'most'))
    case 'quantile':
      return one(quantile(parameter, values))
    case 'topk':
    case 'bottomk':
      return foremost(members, { count: parameter, is: name })
    default:
      throw executionFault(`aggregation "${name}" is not simulated here`)
  }
}

function foremost(
  members: readonly Sample[],
  { count, is }: { readonly count: number; readonly is: 'topk' | 'bottomk' },
): readonly Sample[] {
  if (Number.isNaN(count) || count === Number.POSITIVE_INFINITY)
    throw executionFault(`Scalar value ${count} overflows int64`)
  const rank = ({ value }: Sample): number =>
    Number.isNaN(value) ? Number.NEGATIVE_INFINITY : is === 'topk' ? value : -value
  const order = (one: Sample, other: Sample): number => {
    const [first, second] = [rank(one), rank(other)]
    return first === second ? 0 : second > first ? 1 : -1
  }
  return [...members].sort(order).slice(0, Math.max(0, Math.trunc(count)))
}
