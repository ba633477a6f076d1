import type { Clock } from '../time/clock.ts'
import { createAssembler } from './entry.ts'
import type { Assembler, Entry } from './entry.ts'
import type { ShownLine } from './line.ts'
import { createMerge } from './merge.ts'
import type { StreamState } from './streams.ts'

/** The way of lines from many containers to one stream of entries in time order. */
export interface Course {
  /** The promise, where there is one, is to be waited for before the next line of that source is read: too much is held back. */
  add(line: ShownLine, source: string): Promise<void> | undefined
  /** See `FollowParts.onStream`. */
  stream(source: string, state: StreamState): void
  /** Entries that came out of order, because their container's lines came too late. Each is marked. */
  late(): number
  /** Lets everything out; nothing comes after. */
  close(): void
}

export interface CourseSettings {
  readonly lookEveryMs: number
  readonly holdMs: number
  readonly mostHoldMs: number
  /** Held before sources are made to wait. */
  readonly most: { readonly entries: number; readonly characters: number }
}

export const usualCourse: CourseSettings = {
  lookEveryMs: 200,
  holdMs: 1_000,
  mostHoldMs: 30_000,
  most: { entries: 40_000, characters: 16_000_000 },
}

/** One container's lines. */
interface Lines {
  readonly assembler: Assembler
  touched: boolean
}

export function createCourse(
  { clock, onEntry }: { readonly clock: Clock; readonly onEntry: (entry: Entry) => void },
  { lookEveryMs, holdMs, mostHoldMs, most }: CourseSettings = usualCourse,
): Course {
  const mostStepMs = 2 * lookEveryMs
  const merge = createMerge({ now: () => clock.now(), holdMs, mostHoldMs, mostStepMs, most, onEntry })
  const lines = new Map<string, Lines>()
  const waiting: { readonly source: string; readonly resume: () => void }[] = []
  let closed = false

  const linesOf = (source: string): Lines => {
    const known = lines.get(source)
    if (known) return known
    const one = { assembler: createAssembler((entry) => merge.add(entry, source)), touched: true }
    lines.set(source, one)
    return one
  }

  const goOn = (): void => {
    for (const one of waiting.splice(0)) {
      if (!closed && merge.isTooFar(one.source)) waiting.push(one)
      else one.resume()
    }
  }

  const look = (): void => {
    for (const one of lines.values()) {
      // Nothing since the last look: the trace, if it was one, is over.
      if (!one.touched) one.assembler.flush()
      one.touched = false
    }
    for (const { source } of waiting) merge.heard(source)
    merge.release()
    goOn()
    cancel = clock.after(merge.isFull() || waiting.length > 0 ? lookEveryMs / 4 : lookEveryMs, look)
  }
  let cancel = clock.after(lookEveryMs, look)

  return {
    add: (line, source) => {
      if (closed) return undefined
      const one = linesOf(source)
      one.touched = true
      merge.heard(source)
      one.assembler.add(line)
      if (!merge.isTooFar(source)) return undefined
      return new Promise((resume) => waiting.push({ source, resume }))
    },
    stream: (source, state) => {
      if (state === 'over') {
        lines.get(source)?.assembler.flush()
        lines.delete(source)
      }
      merge.stream(source, state)
    },
    late: () => merge.late(),
    close: () => {
      closed = true
      cancel()
      goOn()
      for (const { assembler } of lines.values()) assembler.flush()
      lines.clear()
      merge.drain()
    },
  }
}
