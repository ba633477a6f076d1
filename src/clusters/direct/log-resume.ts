import type { LogLine } from '../cluster.ts'

/**
 * Remembers where a log was cut. The server can be asked for lines since a second only, so that a reopened stream begins
 * with lines that are known: everything up to the last one given out is dropped, or, where that line is gone
 * (rotated away), everything up to its stamp.
 */
export interface LogResume {
  /** The lines of a batch that have not been given out before. */
  fresh(batch: readonly LogLine[]): readonly LogLine[]
  /** RFC 3339 stamp of the last line, where to ask from; undefined before the first stamped line. */
  since(): string | undefined
  /** The next batch comes from a stream opened anew at `since()`. */
  reopened(): void
}

export function createLogResume(): LogResume {
  let last: LogLine | undefined
  /** How often in a row the last line came; identical lines with one stamp do happen. */
  let repeats = 0
  let toMeet = 0

  const remember = (batch: readonly LogLine[]): void => {
    for (let index = batch.length - 1; index >= 0; index -= 1) {
      const line = batch[index]
      if (line === undefined || line.stamp === '') continue
      const run = runBefore(batch, index, line)
      repeats = last !== undefined && same(last, line) && run === index + 1 ? repeats + run : run
      last = line
      return
    }
  }

  return {
    fresh: (batch) => {
      let from = 0
      if (toMeet > 0 && last !== undefined) {
        for (const line of batch) {
          if (line.stamp !== '' && compareStamps(line.stamp, last.stamp) > 0) toMeet = 0
          if (toMeet === 0) break
          if (same(line, last)) toMeet -= 1
          from += 1
        }
      }
      const fresh = from === 0 ? batch : batch.slice(from)
      remember(fresh)
      return fresh
    },
    since: () => last?.stamp,
    reopened: () => {
      toMeet = last === undefined ? 0 : repeats
    },
  }
}

function runBefore(batch: readonly LogLine[], index: number, line: LogLine): number {
  let run = 0
  for (let at = index; at >= 0; at -= 1) {
    const earlier = batch[at]
    if (earlier === undefined || !same(earlier, line)) break
    run += 1
  }
  return run
}

function same(a: LogLine, b: LogLine): boolean {
  return a.stamp === b.stamp && a.text === b.text
}

/** Orders RFC 3339 stamps by their nanoseconds. Zones may differ, and Go leaves trailing zeros off. */
export function compareStamps(a: string, b: string): number {
  if (a === b) return 0
  const [left, right] = [partsOf(a), partsOf(b)]
  return left.second - right.second || left.fraction.localeCompare(right.fraction, 'en')
}

function partsOf(stamp: string): { readonly second: number; readonly fraction: string } {
  const [, second = '', fraction = '', zone = 'Z'] = /^([^.Z+]*T[^.Z+-]*)(?:\.(\d+))?(.*)$/.exec(stamp) ?? []
  return { second: Date.parse(second + zone), fraction: fraction.padEnd(9, '0') }
}
