import type { ChartWords, Panel } from '../chart.ts'
import type { Series } from '../series.ts'
import type { Scale } from '../units.ts'
import { scaleLinear } from 'd3-scale'
import { extentOf } from '../series.ts'
import { digits, formatValue, scaleFor } from '../units.ts'

export interface ValueAxis {
  /** In the unit of the points. */
  readonly from: number
  readonly to: number
  readonly ticks: readonly { readonly value: number; readonly text: string }[]
  readonly scale: Scale
  /** A number of the panel in words, e.g. of its legend. */
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
  const to = high > 0 ? high * headroom : low < 0 ? 0 : 1
  return axisOf({ from: Math.min(0, low), to }, panel, most)
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
  const size = Math.max(Math.abs(from), Math.abs(to))
  const milli = panel.unit === 'cores' && size < 1
  const scale = milli ? { by: 0.001, unit: 'cores' } : scaleFor(size, panel.unit)
  const nice = scaleLinear([from / scale.by, to / scale.by], [0, 1]).nice(most)
  const [low = 0, high = 1] = nice.domain()
  const found = nice.ticks(most).filter((value) => panel.unit !== 'count' || Number.isInteger(value * scale.by))
  const apart = (found[1] ?? 1) - (found[0] ?? 0)
  const ticks = found.map((value) => ({
    value: value * scale.by,
    text: `${tickText(value, apart)}${milli && value !== 0 ? 'm' : ''}`,
  }))
  const write: ValueAxis['write'] =
    panel.unit === 'cores'
      ? (value) => (milli ? millicores(value) : digits(value))
      : (value, words) => formatValue(value, panel.unit, words)
  return { from: low * scale.by, to: high * scale.by, ticks, scale, write }
}

/** With as many digits as tell it from the next one, `12.05` between `12` and `12.1`. */
function tickText(value: number, apart: number): string {
  const size = Math.max(Math.abs(value), apart)
  if (size >= 1_000_000 || apart < 0.000_001) return digits(value)
  return String(Number(value.toFixed(Math.max(0, -Math.floor(Math.log10(apart))))))
}

/** As Kubernetes writes them, e.g. `250m`. The word for cores stands beside the panel's title, once. */
function millicores(value: number): string {
  const thousandths = value * 1000
  if (value === 0 || Math.abs(value) >= 1) return digits(value)
  return `${Math.abs(thousandths) >= 10 ? Math.round(thousandths) : digits(thousandths)}m`
}
