/** One line of the table. */
export interface Measure {
  readonly what: string
  readonly ours: string
  readonly against: string
  /** Ours over the other; undefined where there is nothing to divide by. */
  readonly ratio?: number
  readonly reach?: Reach
  /** In place of figures: why there are none. */
  readonly note?: string
}

/** What DESIGN section 10 wants of the ratio; `of` says so where it wants it of another figure. */
export interface Reach {
  readonly words: string
  readonly met: boolean
}

export interface Bench {
  /** The checkout: where `bin/` and `dist/` are. */
  readonly root: string
  /** A folder of this run, removed after it. */
  readonly folder: string
  /** `BENCH_…` of the environment, for those who want smaller or larger numbers. */
  readonly count: (name: string, usual: number) => number
  /** What is going on, for whoever waits. */
  readonly say: (words: string) => void
}

export interface Row {
  readonly name: string
  readonly about: string
  readonly run: (bench: Bench) => Promise<readonly Measure[]>
}

export const atMost = (limit: number, value: number, unit = '×'): Reach => ({
  words: `≤ ${limit} ${unit}`,
  met: value <= limit,
})
export const atLeast = (limit: number, value: number, unit = '×'): Reach => ({
  words: `≥ ${limit} ${unit}`,
  met: value >= limit,
})

export const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(value < 100 ? 1 : 0)} ms`
export const mebibytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(bytes < 104_857_600 ? 1 : 0)} MiB`
export const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en').replaceAll(',', ' ')}/s`
