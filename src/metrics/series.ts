/** What a number measures; decides how it is written (`units.ts`) and where its axis begins. */
export type Unit =
  /** CPU cores. */
  | 'cores'
  | 'bytes'
  | 'bytes_per_second'
  /** Requests, errors or anything else counted per second. */
  | 'per_second'
  | 'seconds'
  /** 0 to 1, written as per cent; may go beyond 1 (usage of a request). */
  | 'ratio'
  /** Whole things: replicas, restarts. */
  | 'count'
  /** Nobody knows: a query of somebody's own. */
  | 'plain'

/**
 * One moment of a series: epoch ms and the value then. `null` is a gap, i.e. the source knew no number at that step (or said NaN or an
 * infinity); it is never 0 and a line is not drawn across it.
 */
export type Point = readonly [at: number, value: number | null]

export type Labels = Readonly<Record<string, string>>

export interface Series {
  /** What the legend calls it; foreign text. */
  readonly name: string
  readonly labels: Labels
  /** In time order, one for every step of the range. */
  readonly points: readonly Point[]
}

/** What a legend says of a series; nothing for one that has gaps only. */
export interface Extent {
  readonly last: { readonly at: number; readonly value: number }
  readonly min: number
  readonly max: number
}

export function extentOf({ points }: Pick<Series, 'points'>): Extent | undefined {
  let extent: Extent | undefined
  for (const [at, value] of points) {
    if (value === null) continue
    extent = {
      last: { at, value },
      min: Math.min(value, extent?.min ?? value),
      max: Math.max(value, extent?.max ?? value),
    }
  }
  return extent
}
