import { matches } from '../../../src/sandbox/prometheus/promql/matching.ts'
import { createEvaluator } from '../../../src/sandbox/prometheus/promql/evaluate.ts'
import { byName } from '../../../src/sandbox/prometheus/promql/labels.ts'
import type { Labels } from '../../../src/sandbox/prometheus/promql/labels.ts'
import { parsePromql } from '../../../src/sandbox/prometheus/promql/parser.ts'
import type { Storage, StoredSeries } from '../../../src/sandbox/prometheus/promql/storage.ts'

/** `metric{a="b"}` and its values, one a minute from 0; `_` was not scraped, `stale` went away. */
export type Written = Readonly<Record<string, string>>

export function storageOf(written: Written): Storage {
  const all = Object.entries(written).map(([text, values]) => {
    const samples = values.split(/\s+/).flatMap((value, index): ReturnType<StoredSeries['samples']> => {
      if (value === '_') return []
      const at = index * 60_000
      return value === 'stale' ? [{ at, value: 'stale' as const }] : [{ at, value: Number(value) }]
    })
    return {
      labels: labelsOf(text),
      samples: (from: number, to: number) => samples.filter(({ at }) => at > from && at <= to),
    }
  })
  return { select: (matchers) => all.filter(({ labels }) => matches(labels, matchers)) }
}

function labelsOf(text: string): Labels {
  const [, name = '', inner = ''] = /^([a-z_]*)(?:\{(.*)\})?$/.exec(text) ?? []
  const pairs = [...inner.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = '', value = '']) => [label, value] as const)
  return new Map([...(name === '' ? [] : [['__name__', name] as const]), ...pairs])
}

/** The answer at that minute, as `metric{…} value` lines in order, or one number. */
export function answer(query: string, { written, minute }: { readonly written: Written; readonly minute: number }) {
  const at = minute * 60_000
  const value = createEvaluator(parsePromql(query), { storage: storageOf(written), from: at, to: at }).at(at)
  if (value.kind === 'scalar' || value.kind === 'string') return value.value
  if (value.kind === 'matrix') return value.series.map(({ samples }) => samples.length)
  const shown = value.samples.map(({ labels, value: number }) => {
    const name = labels.get('__name__') ?? ''
    const rest = [...labels].filter(([label]) => label !== '__name__').sort(byName)
    const inner = rest.map(([label, text]) => `${label}="${text}"`).join(',')
    return `${name}{${inner}} ${Number(number.toPrecision(6))}`
  })
  return query.startsWith('sort') || query.startsWith('topk') ? shown : shown.sort()
}
