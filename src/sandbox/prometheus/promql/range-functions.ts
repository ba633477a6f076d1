import { quantile } from './quantiles.ts'
import { growth, lastStep, slope } from './rates.ts'
import type { StoredSample } from './storage.ts'
import type { Stretch } from './values.ts'

/** One series' range to one number; undefined leaves the series out. */
type RangeFunction = (samples: readonly StoredSample[], stretch: Stretch) => number | undefined

const perSecond = (grown: number | undefined, { from, to }: Stretch): number | undefined =>
  grown === undefined ? undefined : grown / ((to - from) / 1000)

const steps = (samples: readonly StoredSample[], holds: (before: number, after: number) => boolean): number =>
  samples.filter(({ value }, index) => index > 0 && holds(samples[index - 1]?.value ?? value, value)).length

const numbers = (samples: readonly StoredSample[]): readonly number[] => samples.map(({ value }) => value)
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)
const mean = (values: readonly number[]): number => sum(values) / values.length

/** NaN gives way to every number. */
export const extreme = (values: readonly number[], is: 'least' | 'most'): number =>
  values.reduce((best, one) => (Number.isNaN(best) || (is === 'least' ? one < best : one > best) ? one : best))

export const rangeFunctions: ReadonlyMap<string, RangeFunction> = new Map<string, RangeFunction>([
  ['rate', (samples, stretch) => perSecond(growth(samples, stretch, 'counter'), stretch)],
  ['increase', (samples, stretch) => growth(samples, stretch, 'counter')],
  ['delta', (samples, stretch) => growth(samples, stretch, 'gauge')],
  [
    'irate',
    (samples) => {
      const step = lastStep(samples, 'counter')
      return step && step.change / step.seconds
    },
  ],
  ['idelta', (samples) => lastStep(samples, 'gauge')?.change],
  ['deriv', slope],
  [
    'changes',
    (samples) => steps(samples, (before, after) => before !== after && !(Number.isNaN(before) && Number.isNaN(after))),
  ],
  ['resets', (samples) => steps(samples, (before, after) => after < before)],
  ['avg_over_time', (samples) => mean(numbers(samples))],
  ['min_over_time', (samples) => extreme(numbers(samples), 'least')],
  ['max_over_time', (samples) => extreme(numbers(samples), 'most')],
  ['sum_over_time', (samples) => sum(numbers(samples))],
  ['count_over_time', (samples) => samples.length],
  ['last_over_time', (samples) => samples.at(-1)?.value],
  ['present_over_time', () => 1],
  [
    'stddev_over_time',
    (samples) => {
      const middle = mean(numbers(samples))
      return Math.sqrt(mean(numbers(samples).map((value) => (value - middle) ** 2)))
    },
  ],
])

export const quantileOverTime = (share: number, samples: readonly StoredSample[]): number =>
  quantile(share, numbers(samples))

/** The series keeps its name where its values stay what they were. */
export const keepsName = (name: string): boolean => name === 'last_over_time'
