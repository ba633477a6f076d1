import type { Labels } from './labels.ts'
import type { Matcher } from './matching.ts'

export interface StoredSample {
  /** Epoch ms. */
  readonly at: number
  readonly value: number
}

/** One series, and what was scraped of it. */
export interface StoredSeries {
  readonly labels: Labels
  /** After `from`, up to and with `to` (epoch ms), oldest first; `stale` where it was seen to be gone. */
  samples(from: number, to: number): readonly (StoredSample | { readonly at: number; readonly value: 'stale' })[]
}

export interface Storage {
  /** Those that have samples in between, epoch ms. */
  select(matchers: readonly Matcher[], between: { readonly from: number; readonly to: number }): readonly StoredSeries[]
}
