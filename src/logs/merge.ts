import { byTime, stampAt } from './line.ts'
import type { Entry } from './entry.ts'

/** Lets entries out in the order in which they were written, held back for a moment so that slower streams can catch up. */
export interface Merge {
  add(entry: Entry): void
  /** A source that broke off just now has older lines to give: what is newer than those is not let out before, for `mostHoldMs` at most. */
  behind(source: string): void
  /** A source begins whose lines may be of any age. */
  beginning(source: string): void
  /** How far a source that was behind has come. */
  reached(source: string, stamp: string): void
  caughtUp(source: string): void
  /** Lets out what has waited long enough. */
  release(): void
  /** Lets everything out. */
  drain(): void
  /** So much is held that a source which has come this far should wait for others. */
  isTooFar(stamp: string): boolean
  isFull(): boolean
  /** The newest stamp that was ever added. */
  newest(): string
  /** Entries that came when newer ones were out already. */
  late(): number
}

export interface MergeSettings {
  readonly now: () => number
  readonly holdMs: number
  readonly mostHoldMs: number
  /** Entries held before it is full; beyond twice as many, the oldest are let out early. */
  readonly most: number
  readonly onEntry: (entry: Entry) => void
}

interface Held extends Pick<Entry, 'stamp'> {
  readonly entry: Entry
  readonly at: number
}

/** What a stream that broke off had still not brought was written up to so long before. */
const onTheWayMs = 250
/** While it is full, no source runs further ahead of the slowest than this. */
const leadMs = 1_000

export function createMerge({ now, holdMs, mostHoldMs, most, onEntry }: MergeSettings): Merge {
  let held: Held[] = []
  let newest = ''
  let newestOut = ''
  let late = 0
  /** Up to which stamp a source that is behind has given everything. */
  const behind = new Map<string, string>()

  const letOut = (count: number): void => {
    for (const { entry } of held.slice(0, count)) {
      if (entry.stamp < newestOut) late += 1
      else newestOut = entry.stamp
      onEntry(entry)
    }
    held = held.slice(count)
  }
  /** All has come that was written before; undefined: nobody is behind. */
  const whole = (): string | undefined => {
    let least: string | undefined
    for (const stamp of behind.values()) if (least === undefined || stamp < least) least = stamp
    return least
  }
  const isFull = (): boolean => held.length >= most

  return {
    add: (entry) => {
      held.push({ entry, stamp: entry.stamp, at: now() })
      if (entry.stamp > newest) newest = entry.stamp
      if (held.length < 2 * most) return
      held.sort(byTime)
      letOut(Math.ceil(most / 2))
    },
    behind: (source) => {
      if (!behind.has(source)) behind.set(source, stampAt(now() - onTheWayMs))
    },
    beginning: (source) => {
      behind.set(source, '')
    },
    reached: (source, stamp) => {
      const before = behind.get(source)
      if (before !== undefined && stamp > before) behind.set(source, stamp)
    },
    caughtUp: (source) => {
      behind.delete(source)
    },
    release: () => {
      if (held.length === 0) return
      held.sort(byTime)
      const least = whole()
      const settled = held.findLastIndex(({ at }) => at <= now() - holdMs)
      const safe = least === undefined ? settled : held.findLastIndex(({ stamp }) => stamp <= least)
      const overdue = held.findLastIndex(({ at }) => at <= now() - mostHoldMs)
      letOut(Math.max(overdue, Math.min(settled, safe)) + 1)
    },
    drain: () => {
      held.sort(byTime)
      letOut(held.length)
    },
    isTooFar: (stamp) => {
      if (!isFull()) return false
      const least = whole()
      return least === undefined || least === '' || stamp > stampAt(Date.parse(least) + leadMs)
    },
    isFull,
    newest: () => newest,
    late: () => late,
  }
}
