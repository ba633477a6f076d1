import { RE2JS } from 're2js'
import { executionFault } from './fault.ts'
import { labelKey, withLabel, without, withoutName } from './labels.ts'
import type { Labels } from './labels.ts'
import { bucketQuantile } from './quantiles.ts'
import type { Bucket } from './quantiles.ts'
import type { Sample } from './values.ts'

/** One value to another; further arguments are scalars. */
export const scalarFunctions: ReadonlyMap<string, (value: number, ...given: readonly number[]) => number> = new Map<
  string,
  (value: number, ...given: readonly number[]) => number
>([
  ['abs', Math.abs],
  ['ceil', Math.ceil],
  ['floor', Math.floor],
  ['sqrt', Math.sqrt],
  ['exp', Math.exp],
  ['ln', Math.log],
  ['log2', Math.log2],
  ['log10', Math.log10],
  ['sgn', Math.sign],
  ['round', (value, to = 1) => Math.floor(value / to + 0.5) * to],
  ['clamp_min', (value, least = Number.NaN) => Math.max(least, value)],
  ['clamp_max', (value, most = Number.NaN) => Math.min(most, value)],
  ['clamp', (value, least = Number.NaN, most = Number.NaN) => Math.max(least, Math.min(most, value))],
])

export function histogramQuantile(share: number, samples: readonly Sample[]): readonly Sample[] {
  const groups = new Map<string, { readonly labels: Labels; readonly buckets: Bucket[] }>()
  for (const { labels, value } of samples) {
    const bound = labels.get('le')
    const upTo = bound === '+Inf' ? Number.POSITIVE_INFINITY : Number.parseFloat(bound ?? '')
    if (Number.isNaN(upTo)) continue
    const rest = without(withoutName(labels), ['le'])
    const key = labelKey(rest)
    const group = groups.get(key) ?? { labels: rest, buckets: [] }
    group.buckets.push({ upTo, count: value })
    groups.set(key, group)
  }
  return [...groups.values()].map(({ labels, buckets }) => ({ labels, value: bucketQuantile(share, buckets) }))
}

const labelShape = /^[A-Za-z_][A-Za-z0-9_]*$/

export function labelReplace(samples: readonly Sample[], given: readonly string[]): readonly Sample[] {
  const [to = '', replacement = '', from = '', pattern = ''] = given
  if (!labelShape.test(to)) throw executionFault(`invalid destination label name in label_replace(): ${to}`)
  const expression = compiled(pattern)
  return distinct(
    samples.map(({ labels, value }) => {
      const matcher = expression.matcher(labels.get(from) ?? '')
      if (!matcher.matches()) return { labels, value }
      const filled = replacement.replace(
        /\$(?:(\d+)|\{(\w+)\}|(\w+)|(\$))/g,
        (_all, ...found: readonly (string | undefined)[]) => {
          const [index, braced, word] = found
          const group = index ?? braced ?? word
          if (group === undefined) return '$'
          if (/^\d+$/.test(group))
            return Number(group) <= matcher.groupCount() ? (matcher.group(Number(group)) ?? '') : ''
          return Object.hasOwn(expression.namedGroups(), group) ? (matcher.group(group) ?? '') : ''
        },
      )
      return { labels: withLabel(labels, to, filled), value }
    }),
  )
}

function compiled(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL)
  } catch (error) {
    throw executionFault(
      `invalid regular expression in label_replace(): ${error instanceof Error ? error.message : pattern}`,
    )
  }
}

export function labelJoin(samples: readonly Sample[], given: readonly string[]): readonly Sample[] {
  const [to = '', separator = '', ...from] = given
  if (!labelShape.test(to)) throw executionFault(`invalid destination label name in label_join(): ${to}`)
  return distinct(
    samples.map(({ labels, value }) => ({
      labels: withLabel(labels, to, from.map((name) => labels.get(name) ?? '').join(separator)),
      value,
    })),
  )
}

function distinct(samples: readonly Sample[]): readonly Sample[] {
  if (new Set(samples.map(({ labels }) => labelKey(labels))).size < samples.length)
    throw executionFault('vector cannot contain metrics with the same labelset')
  return samples
}
