import { createAggregation } from './aggregate.ts'
import { combine } from './binary.ts'
import { call } from './calls.ts'
import { executionFault } from './fault.ts'
import { labelKey, withoutName } from './labels.ts'
import { resolve, type Reach } from './reach.ts'
import type { Storage, StoredSample, StoredSeries } from './storage.ts'
import type { AggregationNode, Moment, Node, Selector } from './syntax.ts'
import type { Sample, Value } from './values.ts'

/** How long a series is taken to stand where it was last seen, ms. */
const lookbackMs = 300_000
/** Of subqueries that name none, ms. */
const usualStepMs = 60_000
/** Everything of one query: the trial's own process computes them. */
const mostSamples = 5_000_000

export interface Evaluator {
  /** At one moment, epoch ms. */
  at(moment: number): Value
}

/** One query over one stretch of time: series are looked up once for all its steps. Evaluating throws `PromqlFault`s. */
export function createEvaluator(node: Node, { storage, from, to }: Reach & { readonly storage: Storage }): Evaluator {
  const selected = new Map<Selector, readonly StoredSeries[]>()
  const aggregations = new Map<AggregationNode, ReturnType<typeof createAggregation>>()
  let read = 0
  for (const { selector, reach } of resolve(node, { from, to }, lookbackMs))
    selected.set(selector, storage.select(selector.matchers, reach))

  const count = (samples: number): void => {
    read += samples
    if (read > mostSamples)
      throw executionFault('query processing would load too many samples into memory in query execution')
  }

  const timeOf = ({ offsetMs, fixedAt }: Moment, moment: number): number => (fixedAt ?? moment) - offsetMs

  function last(selector: Selector, moment: number): readonly (Sample & { readonly seenAt: number })[] {
    const to = timeOf(selector, moment)
    return (selected.get(selector) ?? []).flatMap(({ labels, samples }) => {
      const found = samples(to - lookbackMs, to).at(-1)
      count(1)
      return found === undefined || found.value === 'stale' ? [] : [{ labels, value: found.value, seenAt: found.at }]
    })
  }

  function range(node: Extract<Node, { kind: 'range' }>, moment: number): Value {
    const to = timeOf(node.of, moment)
    const stretch = { from: to - node.rangeMs, to }
    const series = (selected.get(node.of) ?? []).flatMap(({ labels, samples: read }) => {
      const samples = read(stretch.from, stretch.to).filter(isNumber)
      count(samples.length)
      return samples.length === 0 ? [] : [{ labels, samples }]
    })
    return { kind: 'matrix', series, stretch }
  }

  function subquery(node: Extract<Node, { kind: 'subquery' }>, moment: number): Value {
    const to = timeOf(node, moment)
    const stretch = { from: to - node.rangeMs, to }
    const step = node.stepMs ?? usualStepMs
    const found = new Map<string, { readonly labels: Sample['labels']; readonly samples: StoredSample[] }>()
    for (let at = (Math.floor(stretch.from / step) + 1) * step; at <= to; at += step) {
      const value = evaluate(node.of, at)
      if (value.kind !== 'vector') continue
      count(value.samples.length)
      for (const sample of value.samples) {
        const key = labelKey(sample.labels)
        const one = found.get(key) ?? { labels: sample.labels, samples: [] }
        one.samples.push({ at, value: sample.value })
        found.set(key, one)
      }
    }
    return { kind: 'matrix', series: [...found.values()], stretch }
  }

  function aggregate(node: AggregationNode, moment: number): Value {
    const of = evaluate(node.of, moment)
    const given = node.parameter && evaluate(node.parameter, moment)
    const by = aggregations.get(node) ?? createAggregation(node.grouping)
    aggregations.set(node, by)
    const parameter = given?.kind === 'scalar' ? given.value : Number.NaN
    return { kind: 'vector', samples: of.kind === 'vector' ? by({ name: node.name, parameter }, of.samples) : [] }
  }

  function evaluate(node: Node, moment: number): Value {
    switch (node.kind) {
      case 'number':
        return { kind: 'scalar', value: node.value }
      case 'string':
        return { kind: 'string', value: node.value }
      case 'selector':
        return { kind: 'vector', samples: last(node, moment) }
      case 'range':
        return range(node, moment)
      case 'subquery':
        return subquery(node, moment)
      case 'negation': {
        const of = evaluate(node.of, moment)
        if (of.kind === 'scalar') return { kind: 'scalar', value: -of.value }
        const samples = of.kind === 'vector' ? of.samples : []
        return {
          kind: 'vector',
          samples: samples.map(({ labels, value }) => ({ labels: withoutName(labels), value: -value })),
        }
      }
      case 'aggregation':
        return aggregate(node, moment)
      case 'binary':
        return combine(node, evaluate(node.left, moment), evaluate(node.right, moment))
      case 'call': {
        const [first] = node.given
        if (node.name === 'timestamp' && first?.kind === 'selector')
          return {
            kind: 'vector',
            samples: last(first, moment).map(({ labels, seenAt }) => ({
              labels: withoutName(labels),
              value: seenAt / 1000,
            })),
          }
        return call(node, { given: node.given.map((part) => evaluate(part, moment)), moment })
      }
    }
  }

  return { at: (moment) => unique(evaluate(node, moment)) }
}

const isNumber = (sample: StoredSample | { readonly value: 'stale' }): sample is StoredSample =>
  sample.value !== 'stale'

function unique(value: Value): Value {
  if (
    value.kind === 'vector' &&
    new Set(value.samples.map(({ labels }) => labelKey(labels))).size < value.samples.length
  )
    throw executionFault('vector cannot contain metrics with the same labelset')
  return value
}
