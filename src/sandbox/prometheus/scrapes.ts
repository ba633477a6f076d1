import { createRandom } from '../kubernetes/random.ts'
import { labelKey } from './promql/labels.ts'
import type { Labels } from './promql/labels.ts'
import type { StoredSeries } from './promql/storage.ts'

export const scrapeEveryMs = 15_000
/** Of what is older than a day only one sample a minute is kept, as in long-term stores: two weeks are asked for in one picture. */
export const keptEveryMs = 60_000
const wholeMs = 86_400_000

/** Epoch ms; what lives has no end. */
export interface Life {
  readonly from: number
  readonly to: () => number | undefined
}

/** What a target would answer at a moment, from which a series is scraped. */
export interface Exposed {
  readonly labels: Labels
  readonly life: Life
  /** Undefined while it is not exposed. */
  value(moment: number): number | undefined
}

/** Scraped every 15 s, each target at an offset of its own, never in the future, and marked stale when it is gone. */
export function scraped({ labels, life, value: compute }: Exposed, now: number): StoredSeries {
  // Ranges overlap from step to step; it lives as long as one query.
  const known = new Map<number, number | undefined>()
  const value = (at: number): number | undefined => {
    if (known.has(at)) return known.get(at)
    const found = compute(at)
    known.set(at, found)
    return found
  }
  const offset = Math.floor(createRandom(labels.get('instance') ?? labelKey(labels)).next() * scrapeEveryMs)
  const onGrid = (moment: number, everyMs: number): number => Math.floor((moment - offset) / everyMs) * everyMs + offset
  const wholeFrom = onGrid(now - wholeMs, keptEveryMs)
  const over = life.to()
  const end = over === undefined ? now : Math.min(now, over + keptEveryMs)
  return {
    labels,
    samples: (from, to) => {
      const found: ReturnType<StoredSeries['samples']>[number][] = []
      const first = Math.max(from, life.from - 1)
      const start = onGrid(first, first < wholeFrom ? keptEveryMs : scrapeEveryMs)
      const next = (at: number): number => at + (at < wholeFrom ? keptEveryMs : scrapeEveryMs)
      let last: number | undefined = start < life.from ? undefined : value(start)
      for (let at = next(start); at <= Math.min(to, end); at = next(at)) {
        const read = over !== undefined && at >= over ? undefined : value(at)
        if (read !== undefined) found.push({ at, value: read })
        else if (last !== undefined) found.push({ at, value: 'stale' })
        last = read
      }
      return found
    },
  }
}
