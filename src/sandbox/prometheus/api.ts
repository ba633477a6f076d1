import type { JsonObject } from '../../json.ts'
import { instantAnswer, rangeAnswer } from './answers.ts'
import { createEvaluator } from './promql/evaluate.ts'
import { PromqlFault } from './promql/fault.ts'
import { labelKey } from './promql/labels.ts'
import type { Labels } from './promql/labels.ts'
import { parseMatch, parsePromql } from './promql/parser.ts'
import { typeOf } from './promql/types.ts'
import type { Storage, StoredSeries } from './promql/storage.ts'
import { moment, reading, stepOf } from './request.ts'
import type { Asked } from './request.ts'

const mostPoints = 11_000
const hourMs = 3_600_000

/** What the paths of the HTTP API answer as `data` (https://prometheus.io/docs/prometheus/latest/querying/api/). Throws `PromqlFault`s. */
export function createApi({ storage, now }: { readonly storage: Storage; readonly now: () => number }) {
  const parsed = (asked: Asked) => reading('query', () => parsePromql(asked.one('query') ?? ''))

  function found(asked: Asked, selectors: readonly string[]): readonly Labels[] {
    const to = moment(asked, 'end', now())
    const from = moment(asked, 'start', to - hourMs)
    const all =
      selectors.length === 0
        ? storage.select([], { from, to })
        : selectors.flatMap((text) => storage.select(reading('match[]', () => parseMatch(text)).matchers, { from, to }))
    const living = all.filter((series) => isScraped(series, { from, to }))
    return [...new Map(living.map(({ labels }) => [labelKey(labels), labels])).values()]
  }

  return {
    query: (asked: Asked): JsonObject => {
      const at = moment(asked, 'time', now())
      const node = parsed(asked)
      return instantAnswer(createEvaluator(node, { storage, from: at, to: at }).at(at), at)
    },
    queryRange: async (asked: Asked): Promise<JsonObject> => {
      const from = moment(asked, 'start')
      const to = moment(asked, 'end')
      if (to < from)
        throw new PromqlFault('bad_data', 'invalid parameter "end": end timestamp must not be before start time')
      const stepMs = stepOf(asked)
      if ((to - from) / stepMs > mostPoints)
        throw new PromqlFault(
          'bad_data',
          'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
        )
      const node = parsed(asked)
      const type = typeOf(node)
      if (type !== 'vector' && type !== 'scalar')
        throw new PromqlFault(
          'bad_data',
          `invalid parameter "query": invalid expression type "${type === 'matrix' ? 'range vector' : type}" for range query, must be Scalar or instant Vector`,
        )
      return rangeAnswer(createEvaluator(node, { storage, from, to }), { from, to, stepMs })
    },
    series: (asked: Asked): readonly JsonObject[] => {
      const selectors = asked.all('match[]')
      if (selectors.length === 0) throw new PromqlFault('bad_data', 'no match[] parameter provided')
      return found(asked, selectors).map((labels) => Object.fromEntries(labels))
    },
    labels: (asked: Asked): readonly string[] =>
      sorted(found(asked, asked.all('match[]')).flatMap((labels) => [...labels.keys()])),
    labelValues: (asked: Asked, name: string): readonly string[] =>
      sorted(found(asked, asked.all('match[]')).flatMap((labels) => labels.get(name) ?? [])),
  }
}

/** Looked for from the end, where it is most likely. */
function isScraped({ samples }: StoredSeries, { from, to }: { readonly from: number; readonly to: number }): boolean {
  for (let end = to; end > from; end -= hourMs) if (samples(Math.max(from, end - hourMs), end).length > 0) return true
  return false
}

const sorted = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].sort((one, other) => (one < other ? -1 : 1))
