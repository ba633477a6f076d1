import { z } from 'zod'
import type { Window } from './window.ts'
import { stepsOf } from './window.ts'
import type { Labels, Point } from './series.ts'

/** One series as it came, not named yet. */
export interface Found {
  readonly labels: Labels
  readonly points: readonly Point[]
}

/** One value at one moment; `null` where the source says NaN or an infinity. */
export interface Sample {
  readonly labels: Labels
  readonly at: number
  readonly value: number | null
}

const labels = z.record(z.string(), z.string())

/** The frame every answer has: https://prometheus.io/docs/prometheus/latest/querying/api/#format-overview */
export const Answer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('success'), data: z.unknown() }),
  z.object({ status: z.literal('error'), errorType: z.string().default(''), error: z.string().default('') }),
])
export type Answer = z.infer<typeof Answer>

export const Names = z.array(z.string())

/** Alerting rules; recording ones and whatever else may stand among them are passed over. */
export const RuleGroups = z
  .object({
    groups: z.array(
      z.object({
        rules: z.array(z.object({ type: z.string(), name: z.string(), query: z.string(), labels: labels.nullish() })),
      }),
    ),
  })
  .transform(({ groups }) => groups.flatMap(({ rules }) => rules.filter(({ type }) => type === 'alerting')))

/** Samples are checked in loops of our own: there may be a hundred thousand of them. */
const samples = z.array(z.unknown()).default([])

const Matrix = z.object({
  resultType: z.literal('matrix'),
  result: z.array(z.object({ metric: labels, values: samples })),
})

const Instant = z.discriminatedUnion('resultType', [
  z.object({ resultType: z.literal('vector'), result: z.array(z.object({ metric: labels, value: z.unknown() })) }),
  z.object({ resultType: z.literal('scalar'), result: z.unknown() }),
  z.object({ resultType: z.literal('string'), result: z.unknown() }),
  Matrix,
])

/** Seconds and a number as text; undefined for anything else. */
function readSample(sample: unknown): { readonly at: number; readonly value: number | null } | undefined {
  if (!Array.isArray(sample)) return undefined
  const seconds: unknown = sample[0]
  const text: unknown = sample[1]
  if (typeof seconds !== 'number' || typeof text !== 'string' || text === '') return undefined
  const value = Number(text)
  return { at: Math.round(seconds * 1000), value: Number.isFinite(value) ? value : null }
}

/** With a point for every step each, more would fill the memory. */
export const mostRead = 1_000

/**
 * A matrix with one point for every step of the window: what the source left out is a gap. A number: so many series are more than
 * are read. Undefined: it is no matrix.
 */
export function readMatrix(data: unknown, window: Window): readonly Found[] | number | undefined {
  const matrix = Matrix.safeParse(data)
  if (!matrix.success) return undefined
  const { length } = matrix.data.result
  if (length > mostRead) return length
  const steps = stepsOf(window)
  return matrix.data.result.map(({ metric, values }) => {
    const known = new Map<number, number | null>()
    for (const each of values) {
      const sample = readSample(each)
      if (sample === undefined) continue
      known.set(Math.round((sample.at - window.from) / window.stepMs), sample.value)
    }
    return { labels: metric, points: steps.map((at, index): Point => [at, known.get(index) ?? null]) }
  })
}

/** `text`: the query gives a string or whole stretches, neither of which is a number at a moment. Undefined: no such answer. */
export function readInstant(data: unknown): readonly Sample[] | 'text' | undefined {
  const instant = Instant.safeParse(data)
  if (!instant.success) return undefined
  const { resultType, result } = instant.data
  switch (resultType) {
    case 'string':
    case 'matrix':
      return 'text'
    case 'scalar': {
      const sample = readSample(result)
      return sample && [{ labels: {}, ...sample }]
    }
    case 'vector':
      return result.flatMap(({ metric, value }) => {
        const sample = readSample(value)
        return sample ? [{ labels: metric, ...sample }] : []
      })
  }
}
