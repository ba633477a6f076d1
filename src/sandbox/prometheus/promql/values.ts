import type { Labels } from './labels.ts'
import type { StoredSample } from './storage.ts'

export interface Sample {
  readonly labels: Labels
  readonly value: number
}

/** A series' samples in a range, oldest first, and the range's ends (epoch ms): extrapolation needs them. */
export interface RangeSamples {
  readonly labels: Labels
  readonly samples: readonly StoredSample[]
}

export interface Stretch {
  readonly from: number
  readonly to: number
}

export type Value =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'vector'; readonly samples: readonly Sample[] }
  | { readonly kind: 'matrix'; readonly series: readonly RangeSamples[]; readonly stretch: Stretch }
