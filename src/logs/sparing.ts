import { linesOf } from './entry.ts'
import type { Entry } from './entry.ts'
import type { Filter } from './filter.ts'

/** Filters in a bounded share of time, whatever the expression costs: an expression runs in linear time, and that can still be a millisecond for a line. */
export interface Sparing {
  /** As the filter has it; nothing, while its time is used up. */
  pass(filter: Filter, entry: Entry): readonly Entry[]
  /** Lines that were not looked at. */
  skipped(): number
}

export interface SparingSettings {
  readonly now: () => number
  /** Of the time that passes. */
  readonly share: number
  /** At once, after a pause. */
  readonly burstMs: number
}

const nothing: readonly Entry[] = []

export function createSparing({ now, share, burstMs }: SparingSettings): Sparing {
  let leftMs = burstMs
  let at = now()
  let skipped = 0
  return {
    pass: (filter, entry) => {
      const from = now()
      leftMs = Math.min(burstMs, leftMs + (from - at) * share)
      at = from
      if (leftMs <= 0) {
        skipped += linesOf(entry)
        return nothing
      }
      const passed = filter.pass(entry)
      // A machine that stands still just then is not the filter's fault for longer than this.
      leftMs -= Math.min(burstMs, now() - from)
      return passed
    },
    skipped: () => skipped,
  }
}
