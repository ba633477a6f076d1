import type { LogLine } from '../cluster.ts'
import { createLineCutter } from './lines.ts'

/** Longer than any RFC 3339 stamp with nanoseconds and zone. */
const longestStamp = 40

/** Turns chunks of a log with `timestamps=true` into lines. A line longer than `maxBytes` ends in `…` and says in `cut` how much is gone. */
export function createLogReader(maxBytes: number): {
  push(chunk: Buffer): readonly LogLine[]
  end(): readonly LogLine[]
} {
  let lines: LogLine[] = []
  const cutter = createLineCutter({
    maxBytes,
    onLine: (buffer, { start, end, cut }) => {
      const space = buffer.indexOf(32, start)
      const stamped = space > start + 18 && space <= start + longestStamp && space < end && isStamp(buffer, start)
      const stamp = stamped ? buffer.toString('latin1', start, space) : ''
      const from = stamped ? space + 1 : start
      if (cut === 0) lines.push({ stamp, text: buffer.toString('utf8', from, end) })
      else lines.push({ stamp, text: `${buffer.toString('utf8', from, wholeCharacters(buffer, from, end))}…`, cut })
    },
  })
  const taken = (): readonly LogLine[] => {
    const done = lines
    lines = []
    return done
  }
  return {
    push: (chunk) => {
      cutter.push(chunk)
      return taken()
    },
    end: () => {
      cutter.end()
      return taken()
    },
  }
}

/** `2026-01-01T…`: the kubelet writes a few complaints of its own into the stream without one. */
function isStamp(buffer: Buffer, start: number): boolean {
  return buffer[start + 4] === 0x2d && buffer[start + 7] === 0x2d && buffer[start + 10] === 0x54
}

/** Where the last UTF-8 character that is all there ends. */
function wholeCharacters(buffer: Buffer, from: number, end: number): number {
  let lead = end - 1
  while (lead > from && end - lead < 4 && ((buffer[lead] ?? 0) & 0xc0) === 0x80) lead -= 1
  const byte = buffer[lead] ?? 0
  const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
  return lead + length > end ? lead : end
}
