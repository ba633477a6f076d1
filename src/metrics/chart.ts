import type { Language } from '../config/config.ts'
import type { Point, Series, Unit } from './series.ts'

/** From and to, epoch ms; both ends belong to it. */
export interface Range {
  readonly from: number
  readonly to: number
}

/**
 * A value that others are held against. Flat ones (a threshold) have two points, at the ends of the range; a request or a limit
 * follows what was set at the time. Drawn in steps, never smoothed.
 */
export interface Line {
  readonly kind: 'threshold' | 'request' | 'limit'
  readonly label: string
  readonly points: readonly Point[]
}

/** Something that this bot did within the range, or the beginning of an alert. */
export interface Mark {
  /** Epoch ms. */
  readonly at: number
  readonly kind: 'deploy' | 'scale' | 'rollback' | 'restart' | 'alert'
  /** Short, e.g. `v1.4.2` or `3 → 5`; foreign text. */
  readonly text: string
}

export interface Panel {
  readonly title: string
  readonly unit: Unit
  /** Most telling first. None, or gaps only: the panel says `words.noData`. */
  readonly series: readonly Series[]
  /** How many more series the source had. */
  readonly unshown: number
  readonly lines: readonly Line[]
  /** The same series an age earlier, moved into this range; matched with `series` by name. */
  readonly shadows: readonly Series[]
  /** Said instead of lines where the numbers could not be had. */
  readonly trouble?: string
}

/** The words of a picture in the reader's language. */
export interface ChartWords {
  readonly last: string
  readonly min: string
  readonly max: string
  readonly noData: string
  /** The unit of so much CPU. */
  readonly cores: (count: number) => string
  /** How many series are not shown. */
  readonly unshown: (count: number) => string
}

/** All that one picture shows; the drawing adds nothing to it. */
export interface Chart {
  /** E.g. `shop/web on prod`. */
  readonly title: string
  /** E.g. the range and the step in words. */
  readonly aside: string
  /** One, or the few of a board. */
  readonly panels: readonly Panel[]
  readonly range: Range
  /** Between two points, ms. */
  readonly stepMs: number
  /** In every panel. */
  readonly marks: readonly Mark[]
  /** What the shadows are, e.g. `one week earlier`. */
  readonly shadowLabel?: string
  /** IANA zone of the time axis; one that exists. */
  readonly zone: string
  readonly language: Language
  readonly words: ChartWords
}
