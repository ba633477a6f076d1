import type { Language } from '../../config/config.ts'
import type { Range } from '../chart.ts'

export interface TimeTick {
  /** Epoch ms. */
  readonly at: number
  readonly text: string
  /** The first of its day: its text is a date. */
  readonly day: boolean
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const steps: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28, 56, 112, 364].map((count) => count * day),
]

const locales = { en: 'en-GB', zh: 'zh-CN' } as const satisfies Readonly<Record<Language, string>>

/** A wall clock of one zone. */
interface Wall {
  /** What the clock on the wall shows, as if it were UTC (epoch ms). */
  readonly shows: (at: number) => number
  readonly date: (at: number) => string
}

function wallOf(zone: string, language: Language): Wall {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const dates = new Intl.DateTimeFormat(locales[language], { timeZone: zone, month: 'short', day: 'numeric' })
  return {
    shows: (at) => {
      const found = new Map(parts.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
      const part = (name: Intl.DateTimeFormatPartTypes) => found.get(name) ?? 0
      return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
    },
    date: (at) => dates.format(at),
  }
}

/** When the wall clock shows that; undefined for an hour that summer time skips, the first of two for one that comes twice. */
function momentOf(shown: number, { shows }: Wall): number | undefined {
  // Offsets reach from -12 to +14 hours, and change by a few hours at most within a day.
  const guesses = [shown - 14 * hour, shown + 12 * hour].map(
    (near) => shown - (shows(near) - Math.floor(near / 1000) * 1000),
  )
  return guesses.filter((at) => shows(at) === shown).sort((one, other) => one - other)[0]
}

/** Round moments of the reader's own clock, at most `most` of them. */
export function timeTicks(
  { from, to }: Range,
  reader: { readonly zone: string; readonly language: Language },
  most: number,
): TimeTick[] {
  const wall = wallOf(reader.zone, reader.language)
  const step = steps.find((one) => (to - from) / one <= most) ?? Math.ceil((to - from) / most / day) * day
  const ticks: TimeTick[] = []
  let lastDay = ''
  const first = Math.floor(wall.shows(from) / step) * step
  for (let shown = first; shown <= first + (to - from) + 2 * step + 3 * hour; shown += step) {
    const at = momentOf(shown, wall)
    if (at === undefined || at < from || at > to) continue
    const date = wall.date(at)
    const isDay = step >= day || (shown % day === 0 && date !== lastDay)
    ticks.push({ at, text: isDay ? date : new Date(shown).toISOString().slice(11, 16), day: isDay })
    lastDay = date
  }
  return ticks
}

/** What the zone's clocks are called in that range, e.g. `GMT+8`; both names where they are changed in between. */
export function zoneName(
  { from, to }: Range,
  { zone, language }: { readonly zone: string; readonly language: Language },
): string {
  const format = new Intl.DateTimeFormat(locales[language], { timeZone: zone, timeZoneName: 'short' })
  const nameAt = (at: number) => format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? zone
  const names = [nameAt(from), nameAt(to)]
  return names[0] === names[1] ? (names[0] ?? zone) : names.join(' → ')
}
