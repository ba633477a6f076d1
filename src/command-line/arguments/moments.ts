import { formatDuration, parseDuration } from '../../time/durations.ts'
import type { Argument } from '../argument.ts'
import { plainArgument } from '../argument.ts'
import type { SinceText } from '../context.ts'
import type { Fault } from '../problems.ts'

const longest = 366 * 86_400_000
const instant = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[-+]\d{2}:\d{2})?$/i
const units: ReadonlyMap<string, string> = new Map([
  ...['s', 'sec', 'secs', 'second', 'seconds'].map((word) => [word, 's'] as const),
  ...['m', 'min', 'mins', 'minute', 'minutes'].map((word) => [word, 'm'] as const),
  ...['h', 'hr', 'hrs', 'hour', 'hours'].map((word) => [word, 'h'] as const),
  ...['d', 'day', 'days'].map((word) => [word, 'd'] as const),
])

/** Milliseconds: `30m`, `2h`, `1h30m`, `7d`; more than nothing, at most 366 days. */
export function duration(about = 'how long: 30m, 2h, 7d', most = longest): Argument<number> {
  return plainArgument<number>({
    kind: 'duration',
    label: 'DURATION',
    about,
    words: ['for'],
    fits: (text) => /^\d/.test(text),
    read: (text) => readDuration(text, most),
  })
}

/** How far back, as a duration, or since when, as a time with its zone: `15m`, `2026-10-01T09:00+08:00`. */
export function since(about = 'how far back: 15m, 2h, 7d, or a time with its zone'): Argument<SinceText> {
  return plainArgument<SinceText>({
    kind: 'since',
    label: 'TIME',
    about,
    read(text) {
      if (!/^\d{4}-/.test(text)) {
        const read = readDuration(text, longest)
        return 'why' in read ? read : { value: { ago: read.value }, canonical: read.canonical }
      }
      const match = instant.exec(text)
      const at = Date.parse(text)
      if (match === null || Number.isNaN(at) || !isDay(match))
        return { kind: 'time', why: /^\d{4}-\d{2}-\d{2}$/.test(text) ? 'no-zone' : 'shape' }
      if (match[7] === undefined) return { kind: 'time', why: 'no-zone' }
      return { value: { at }, canonical: text.toUpperCase() }
    },
  })
}

function readDuration(text: string, most: number): { value: number; canonical: string } | Fault {
  const small = inDays(text.toLowerCase())
  const ms = parseDuration(small)
  if (ms === undefined) return wrong('shape', { limit: most, like: suggestion(small) })
  if (ms === 0) return wrong('zero', { limit: most })
  return ms > most ? wrong('too-long', { limit: most }) : { value: ms, canonical: formatDuration(ms) }
}

/** `1w` is what people say of a week; files of ours know days. */
const inDays = (text: string): string => text.replace(/^(\d{1,4})w$/, (_, weeks: string) => `${Number(weeks) * 7}d`)

/** Date.parse takes 30 February for 2 March. */
function isDay([, year, month, day]: RegExpExecArray): boolean {
  return Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate() && Number(day) > 0
}

function suggestion(text: string): string | undefined {
  const [, count, word] = /^(\d{1,6}) ?([a-z]+)$/.exec(text) ?? []
  const unit = word === undefined ? undefined : units.get(word)
  if (count !== undefined && unit !== undefined) return `${count}${unit}`
  return /^\d{1,4}$/.test(text) ? `${text}m` : undefined
}

function wrong(
  why: Extract<Fault, { kind: 'duration' }>['why'],
  { limit, like }: { readonly limit: number; readonly like?: string | undefined },
): Fault {
  return { kind: 'duration', why, limit: formatDuration(limit), like }
}
