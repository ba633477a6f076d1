import type { StoredSample } from './storage.ts'
import type { Stretch } from './values.ts'

/**
 * Growth over a range, extrapolated to its ends as Prometheus does it (promql/functions.go, extrapolatedRate): up to the end where samples come
 * near it, half an interval otherwise, and never below a counter's zero. Undefined with fewer than two samples.
 */
export function growth(
  samples: readonly StoredSample[],
  stretch: Stretch,
  of: 'counter' | 'gauge',
): number | undefined {
  const first = samples[0]
  const last = samples.at(-1)
  if (first === undefined || last === undefined || samples.length < 2) return undefined
  let grown = last.value - first.value
  if (of === 'counter') grown += lostInResets(samples)
  const sampled = last.at - first.at
  const between = sampled / (samples.length - 1)
  const near = between * 1.1
  let toStart = first.at - stretch.from
  let toEnd = stretch.to - last.at
  if (toStart >= near) toStart = between / 2
  if (of === 'counter' && grown > 0 && first.value >= 0) toStart = Math.min(toStart, sampled * (first.value / grown))
  if (toEnd >= near) toEnd = between / 2
  return (grown * (sampled + toStart + toEnd)) / sampled
}

function lostInResets(samples: readonly StoredSample[]): number {
  let lost = 0
  let before = samples[0]?.value ?? 0
  for (const { value } of samples) {
    if (value < before) lost += before
    before = value
  }
  return lost
}

/** From the last two samples alone. */
export function lastStep(samples: readonly StoredSample[], of: 'counter' | 'gauge') {
  const last = samples.at(-1)
  const before = samples.at(-2)
  if (last === undefined || before === undefined || last.at === before.at) return undefined
  const change = of === 'counter' && last.value < before.value ? last.value : last.value - before.value
  return { change, seconds: (last.at - before.at) / 1000 }
}

/** Growth in a second by least squares. */
export function slope(samples: readonly StoredSample[]): number | undefined {
  const [first] = samples
  if (first === undefined || samples.length < 2) return undefined
  let [x, y, xy, xx] = [0, 0, 0, 0]
  for (const { at, value } of samples) {
    const seconds = (at - first.at) / 1000
    x += seconds
    y += value
    xy += seconds * value
    xx += seconds * seconds
  }
  const count = samples.length
  return (xy - (x * y) / count) / (xx - (x * x) / count)
}
