import type { ChartWords, Panel } from '../chart.ts'
import type { Series, Unit } from '../series.ts'
import { scaleLinear } from 'd3-scale'
import { extentOf } from '../series.ts'
import { digits, formatValue, quantity, scaleFor } from '../units.ts'

export interface ValueAxis {
  /** In the unit of the points. */
  readonly from: number
  readonly to: number
  readonly ticks: readonly { readonly value: number; readonly text: string }[]
  /** What the ticks count, for beside the panel's title; may be empty. */
  readonly unit: (words: ChartWords) => string
  /** A number of the panel in words, e.g. of its legend; of CPU without the word for cores, which stands beside the title. */
  readonly write: (value: number, words: ChartWords) => string
}

/** A line this many times above all data would press the data flat: it is named at the edge instead. */
const farAbove = 3
const headroom = 1.03
/** Beyond it a number has no room for arithmetic; nothing that is measured is as large. */
export const largest = 1e300

/** From 0, but for numbers nobody knows the meaning of that stay far from it. */
export function valueAxis(panel: Panel, most: number): ValueAxis {
  const data = extremes([...panel.series, ...panel.shadows])
  const near = panel.lines
    .map((line) => extremes([line]))
    .filter(({ high }) => data === nothing || high <= data.high * farAbove)
  const high = Math.max(data.high, ...near.map((line) => line.high))
  const low = Math.min(data.low, ...near.map((line) => line.low))
  const size = Math.max(Math.abs(low), Math.abs(high))
  if (!Number.isFinite(size) || size < 1 / largest) return axisOf({ from: 0, to: 1 }, panel, most)
  const floats = panel.unit === 'plain' && low > 0 && high - low < low * 0.5
  if (floats && high > low) return axisOf({ from: low, to: high }, panel, most)
  return axisOf({ from: Math.min(0, low), to: topOf({ low, high }, panel.unit) }, panel, most)
}

function topOf({ low, high }: { readonly low: number; readonly high: number }, unit: Unit): number {
  if (high <= 0) return low < 0 ? 0 : 1
  // A share that is no more than the whole gets no room above the whole.
  return unit === 'ratio' && high <= 1 ? Math.min(1, high * headroom) : high * headroom
}

const nothing = { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY }

function extremes(series: readonly Pick<Series, 'points'>[]): { readonly low: number; readonly high: number } {
  const found = series.flatMap((one) => extentOf(one) ?? [])
  if (found.length === 0) return nothing
  return {
    low: Math.max(-largest, Math.min(...found.map(({ min }) => min))),
    high: Math.min(largest, Math.max(...found.map(({ max }) => max))),
  }
}

/** Ticks are round in the unit that they are written in: 256 MiB, never 268 million. */
function axisOf({ from, to }: { readonly from: number; readonly to: number }, panel: Panel, most: number): ValueAxis {
  const scale = scaleFor(Math.max(Math.abs(from), Math.abs(to)), panel.unit)
  const nice = scaleLinear([from / scale.by, to / scale.by], [0, 1]).nice(most)
  const [low = 0, high = 1] = nice.domain()
  // Nothing is half a pod or half a byte.
  const whole = panel.unit === 'count' || (panel.unit === 'bytes' && scale.by === 1)
  const found = nice.ticks(most).filter((value) => !whole || Number.isInteger(value * scale.by))
  const apart = (found[1] ?? 1) - (found[0] ?? 0)
  const cores = panel.unit === 'cores'
  return {
    from: low * scale.by,
    to: high * scale.by,
    ticks: found.map((value) => ({
      value: value * scale.by,
      text: cores ? quantity(value * scale.by) : tickText(value, apart),
    })),
    unit: (words) => (cores ? words.cores(Number.POSITIVE_INFINITY) : scale.unit),
    write: (value, words) => (cores ? quantity(value) : formatValue(value, panel.unit, words)),
  }
}

/** With as many digits as tell it from the next one, `12.05` between `12` and `12.1`. */
function tickText(value: number, apart: number): string {
  const size = Math.max(Math.abs(value), apart)
  if (size >= 1_000_000 || apart < 0.000_001) return digits(value)
  return String(Number(value.toFixed(Math.max(0, -Math.floor(Math.log10(apart))))))
}
