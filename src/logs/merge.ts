import { stampAt } from './line.ts'
import { sizeOf } from './entry.ts'
import type { Entry } from './entry.ts'
import { byKey, createStreams, lets, never } from './streams.ts'
import type { Placed, StreamState } from './streams.ts'

/**
 * Puts the entries of many streams into the order in which they were written. An entry goes out once every stream has come as far, or has been
 * silent since; one that comes when newer ones are out already is marked as late. Entries of one source never change places.
 */
export interface Merge {
  add(entry: Entry, source: string): void
  /** It gave a line, or would if it were let. */
  heard(source: string): void
  stream(source: string, state: StreamState): void
  /** Lets out what has waited long enough: to be called again and again, for time passes by it. */
  release(): void
  /** Lets everything out. */
  drain(): void
  /** So much is held that this source should wait for those behind it. */
  isTooFar(source: string): boolean
  isFull(): boolean
  /** Entries that came when newer ones were out already. */
  late(): number
}

export interface MergeSettings {
  readonly now: () => number
  /** Silence of a stream that means that it has nothing to say. */
  readonly holdMs: number
  /** An entry waits for streams that lag behind so long at most. */
  readonly mostHoldMs: number
  /** Of the time between two releases so much counts: while this process stands still, no stream can be heard. */
  readonly mostStepMs: number
  /** Held before it is full; beyond twice as much, the oldest are let out early. */
  readonly most: { readonly entries: number; readonly characters: number }
  readonly onEntry: (entry: Entry) => void
}

interface Held extends Placed {
  readonly entry: Entry
}

/** While it is full, no source runs further ahead of the slowest than this. */
const leadMs = 1_000
/** A stamp further in the future is that of a wrong clock, and must not keep the entry waiting for the others to come so far. */
const aheadMs = 5_000

export function createMerge({ now, holdMs, mostHoldMs, mostStepMs, most, onEntry }: MergeSettings): Merge {
  let passed = 0
  let releasedAt = now()
  const streams = createStreams({ now: () => passed, holdMs })
  let held: Held[] = []
  let sorted = true
  let characters = 0
  let newestOut = ''
  let late = 0

  const fullness = (): number => Math.max(held.length / most.entries, characters / most.characters)
  const letOut = (count: number): void => {
    for (const { entry, key } of held.slice(0, count)) {
      characters -= sizeOf(entry)
      if (key >= newestOut) {
        newestOut = key
        onEntry(entry)
        continue
      }
      late += 1
      onEntry({ ...entry, late: true })
    }
    held = held.slice(count)
  }
  const sort = (): void => {
    if (!sorted) held.sort(byKey)
    sorted = true
  }
  /** The last one that every stream lets out. */
  const lastLet = (): number => {
    const bounds = streams.bounds()
    const strict = bounds.find(({ vouched }) => vouched === never)
    let index = strict === undefined ? held.length - 1 : countUpTo(held, strict.reach) - 1
    for (let one = held[index]; one !== undefined; one = held[index]) {
      const placed = one
      if (bounds.every((bound) => lets(bound, placed))) break
      index -= 1
    }
    return index
  }
  const release = (): void => {
    const time = now()
    passed += Math.min(Math.max(0, time - releasedAt), mostStepMs)
    releasedAt = time
    if (held.length === 0) return
    sort()
    const whole = lastLet()
    const overdue = held.findLastIndex(({ at }) => at <= passed - mostHoldMs)
    const last = held[overdue]
    if (overdue > whole && last !== undefined) streams.giveUp(last)
    letOut(Math.max(whole, overdue) + 1)
  }

  return {
    add: (entry, source) => {
      const before = streams.reach(source)
      const limit = stampAt(now() + aheadMs)
      const stamp = entry.stamp < limit ? entry.stamp : limit
      const key = stamp > before ? stamp : before
      streams.reached(source, key)
      streams.caughtUp(source, newestOut)
      held.push({ entry, key, at: passed })
      sorted = false
      characters += sizeOf(entry)
      if (fullness() < 2) return
      release()
      if (fullness() >= 2) letOut(Math.ceil(held.length / 4))
    },
    heard: (source) => streams.heard(source),
    stream: (source, state) => streams.turn(source, state),
    release,
    drain: () => {
      sort()
      letOut(held.length)
    },
    isTooFar: (source) => {
      if (fullness() < 1) return false
      const slowest = streams.slowest()
      const reach = streams.reach(source)
      if (slowest === undefined || slowest === '') return reach !== slowest
      return reach > stampAt(Date.parse(slowest) + leadMs)
    },
    isFull: () => fullness() >= 1,
    late: () => late,
  }
}

/** How many of them, sorted, stand up to this key. */
function countUpTo(held: readonly Placed[], key: string): number {
  let [low, high] = [0, held.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((held[middle]?.key ?? '') <= key) low = middle + 1
    else high = middle
  }
  return low
}
