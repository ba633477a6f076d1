import type { Clock } from '../time/clock.ts'
import type { StreamState } from './follow.ts'
import { createAssembler } from './entry.ts'
import type { Assembler, Entry } from './entry.ts'
import { stampAt } from './line.ts'
import type { ShownLine } from './line.ts'
import { createMerge } from './merge.ts'

/** The way of lines from many containers to one stream of entries in time order. */
export interface Course {
  /** The promise, where there is one, is to be waited for before the next line of that source is read: too much is held back. */
  add(line: ShownLine, source: string): Promise<void> | undefined
  /** See `FollowParts.onStream`. */
  stream(source: string, state: StreamState): void
  /** Entries that came out of order, because their container's lines came too late. */
  late(): number
  /** Lets everything out; nothing comes after. */
  close(): void
}

export interface CourseSettings {
  readonly lookEveryMs: number
  readonly holdMs: number
  readonly mostHoldMs: number
  /** Entries held before sources are made to wait. */
  readonly most: number
}

export const usualCourse: CourseSettings = { lookEveryMs: 200, holdMs: 1_000, mostHoldMs: 30_000, most: 40_000 }

/** One container's lines. */
interface Stream {
  readonly assembler: Assembler
  touched: boolean
  /** Of its last line since it stands; empty: none yet. */
  stamp: string
}

/** How long a stream that is opened for the first time is waited for: there may be more than a cluster lets in at once. */
const beginMs = 5_000
/** So near to the newest line of all, a source that broke off has caught up. */
const nearMs = 500

export function createCourse(
  { clock, onEntry }: { readonly clock: Clock; readonly onEntry: (entry: Entry) => void },
  { lookEveryMs, holdMs, mostHoldMs, most }: CourseSettings = usualCourse,
): Course {
  const merge = createMerge({ now: () => clock.now(), holdMs, mostHoldMs, most, onEntry })
  const streams = new Map<string, Stream>()
  /** Sources that stand again and have older lines to bring, with when they brought the last one. */
  const catchingUp = new Map<string, number>()
  const waiting: { readonly stamp: string; readonly resume: () => void }[] = []
  let closed = false

  const streamOf = (source: string): Stream => {
    const known = streams.get(source)
    if (known) return known
    const stream = { assembler: createAssembler((entry) => merge.add(entry)), touched: true, stamp: '' }
    streams.set(source, stream)
    return stream
  }

  const lookAtThoseBehind = (): void => {
    const near = merge.newest() === '' ? '' : stampAt(Date.parse(merge.newest()) - nearMs)
    for (const [source, at] of catchingUp) {
      const quiet = clock.now() - at >= holdMs
      const reached = streams.get(source)?.stamp ?? ''
      if (!quiet && (reached === '' || reached < near)) continue
      catchingUp.delete(source)
      merge.caughtUp(source)
    }
  }

  const goOn = (): void => {
    for (const one of waiting.splice(0)) {
      if (!closed && merge.isTooFar(one.stamp)) waiting.push(one)
      else one.resume()
    }
  }

  const look = (): void => {
    for (const stream of streams.values()) {
      // Nothing since the last look: the trace, if it was one, is over.
      if (!stream.touched) stream.assembler.flush()
      stream.touched = false
    }
    lookAtThoseBehind()
    merge.release()
    goOn()
    cancel = clock.after(merge.isFull() || waiting.length > 0 ? lookEveryMs / 4 : lookEveryMs, look)
  }
  let cancel = clock.after(lookEveryMs, look)

  return {
    add: (line, source) => {
      if (closed) return undefined
      const stream = streamOf(source)
      stream.touched = true
      stream.stamp = line.stamp
      stream.assembler.add(line)
      if (catchingUp.has(source)) {
        catchingUp.set(source, clock.now())
        merge.reached(source, line.stamp)
      }
      if (!merge.isTooFar(line.stamp)) return undefined
      return new Promise((resume) => waiting.push({ stamp: line.stamp, resume }))
    },
    stream: (source, state) => {
      catchingUp.delete(source)
      if (state === 'behind') {
        merge.behind(source)
        streamOf(source).stamp = ''
      }
      if (state === 'beginning') {
        merge.beginning(source)
        catchingUp.set(source, clock.now() + beginMs - holdMs)
      }
      if (state === 'standing') catchingUp.set(source, clock.now())
      if (state === 'over') {
        merge.caughtUp(source)
        streams.get(source)?.assembler.flush()
        streams.delete(source)
      }
    },
    late: () => merge.late(),
    close: () => {
      closed = true
      cancel()
      goOn()
      for (const { assembler } of streams.values()) assembler.flush()
      streams.clear()
      merge.drain()
    },
  }
}
