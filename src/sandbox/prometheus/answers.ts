import { setImmediate } from 'node:timers/promises'
import type { JsonObject } from '../../json.ts'
import { labelKey } from './promql/labels.ts'
import type { Labels } from './promql/labels.ts'
import type { Evaluator } from './promql/evaluate.ts'
import type { Value } from './promql/values.ts'

type Point = readonly [number, string]

const point = (at: number, value: number): Point => [at / 1000, written(value)]

/** As Prometheus writes numbers into JSON: as texts, because NaN and infinity are none there. */
function written(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  return String(value)
}

export function instantAnswer(value: Value, at: number): JsonObject {
  switch (value.kind) {
    case 'scalar':
      return { resultType: 'scalar', result: point(at, value.value) }
    case 'string':
      return { resultType: 'string', result: [at / 1000, value.value] }
    case 'vector':
      return {
        resultType: 'vector',
        result: value.samples.map((sample) => ({
          metric: Object.fromEntries(sample.labels),
          value: point(at, sample.value),
        })),
      }
    case 'matrix':
      return {
        resultType: 'matrix',
        result: value.series.map(({ labels, samples }) => ({
          metric: Object.fromEntries(labels),
          values: samples.map((sample) => point(sample.at, sample.value)),
        })),
      }
  }
}

/** The trial's chat and clusters live in the same process and go on meanwhile. */
const longestMs = 20

/** One point for every step that has one, series in the order of their labels. */
export async function rangeAnswer(
  evaluator: Evaluator,
  { from, to, stepMs }: { readonly from: number; readonly to: number; readonly stepMs: number },
): Promise<JsonObject> {
  const found = new Map<string, { readonly labels: Labels; readonly values: Point[] }>()
  let since = performance.now()
  for (let at = from; at <= to; at += stepMs) {
    if (performance.now() - since > longestMs) {
      await setImmediate()
      since = performance.now()
    }
    const value = evaluator.at(at)
    const samples =
      value.kind === 'vector'
        ? value.samples
        : value.kind === 'scalar'
          ? [{ labels: noLabels, value: value.value }]
          : []
    for (const sample of samples) {
      const key = labelKey(sample.labels)
      const series = found.get(key) ?? { labels: sample.labels, values: [] }
      series.values.push(point(at, sample.value))
      found.set(key, series)
    }
  }
  const result = [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { labels, values }]) => ({ metric: Object.fromEntries(labels), values }))
  return { resultType: 'matrix', result }
}

const noLabels: Labels = new Map()
