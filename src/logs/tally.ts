import { isError } from './level.ts'
import { linesOf } from './entry.ts'
import type { Entry } from './entry.ts'
import { patternOf } from './pattern.ts'

/** Errors that differ in numbers and names only. */
export interface ErrorGroup {
  readonly pattern: string
  readonly count: number
  readonly example: string
  readonly firstAt: string
  readonly lastAt: string
}

export interface Tally {
  readonly lines: number
  /** Entries that say they are errors, or worse. */
  readonly errors: number
  /** Lines a second over the last ten. */
  readonly rate: number
  readonly firstAt: string | undefined
  readonly lastAt: string | undefined
}

export interface Counting {
  add(entry: Entry): void
  now(): Tally
  /** The most frequent errors, and how many are of other kinds. */
  errors(most: number): { readonly groups: readonly ErrorGroup[]; readonly others: number }
}

/** Kinds of errors told apart; more are counted together. */
const mostKinds = 200
const rateSeconds = 10
const exampleLength = 300

export function createCounting(clock: { now(): number }): Counting {
  const began = clock.now()
  const kinds = new Map<string, { count: number; example: string; firstAt: string; lastAt: string }>()
  /** Lines by second. */
  const seconds = new Map<number, number>()
  let lines = 0
  let errors = 0
  let unsorted = 0
  let firstAt: string | undefined
  let lastAt: string | undefined

  const sort = (entry: Entry): void => {
    const pattern = patternOf(entry)
    const kind = kinds.get(pattern)
    if (kind !== undefined) {
      kind.count += 1
      kind.lastAt = entry.stamp
    } else if (kinds.size < mostKinds) {
      const { stamp } = entry
      kinds.set(pattern, { count: 1, example: entry.text.slice(0, exampleLength), firstAt: stamp, lastAt: stamp })
    } else unsorted += 1
  }

  return {
    add: (entry) => {
      const count = linesOf(entry)
      lines += count
      const second = Math.floor(clock.now() / 1_000)
      seconds.set(second, (seconds.get(second) ?? 0) + count)
      for (const old of seconds.keys()) {
        if (old >= second - rateSeconds) break
        seconds.delete(old)
      }
      if (firstAt === undefined || entry.stamp < firstAt) firstAt = entry.stamp
      if (lastAt === undefined || entry.stamp > lastAt) lastAt = entry.stamp
      if (entry.aside || !isError(entry.level)) return
      errors += 1
      sort(entry)
    },
    now: () => {
      const second = Math.floor(clock.now() / 1_000)
      const span = Math.max(1, Math.min(rateSeconds, (clock.now() - began) / 1_000))
      const recent = [...seconds]
        .filter(([at]) => at >= second - rateSeconds)
        .reduce((sum, [, count]) => sum + count, 0)
      return { lines, errors, rate: recent / span, firstAt, lastAt }
    },
    errors: (most) => {
      const sorted = [...kinds].map(([pattern, kind]) => ({ pattern, ...kind })).sort((a, b) => b.count - a.count)
      const groups = sorted.slice(0, most)
      return { groups, others: unsorted + sorted.slice(most).reduce((sum, { count }) => sum + count, 0) }
    },
  }
}
