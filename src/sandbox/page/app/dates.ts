import type { PageTexts } from './texts/en.ts'

type Look = 'time' | 'exact' | 'day' | 'short'

const looks: Readonly<Record<Look, Intl.DateTimeFormatOptions>> = {
  time: { hour: 'numeric', minute: '2-digit' },
  exact: { dateStyle: 'full', timeStyle: 'medium' },
  day: { weekday: 'long', month: 'long', day: 'numeric' },
  short: { month: 'short', day: 'numeric' },
}
const made = new Map<string, Intl.DateTimeFormat>()

function format(look: Look, { locale }: PageTexts): Intl.DateTimeFormat {
  const name = `${look} ${locale}`
  // Of one language there are several habits: the browser's own, where it is that language.
  const own = navigator.language.startsWith(locale.slice(0, 2)) ? navigator.language : locale
  const found = made.get(name) ?? new Intl.DateTimeFormat(own, looks[look])
  made.set(name, found)
  return found
}

export const msOf = (ts: string): number => Number(ts) * 1000
export const timeOf = (ms: number, texts: PageTexts): string => format('time', texts).format(ms)
/** Without morning and afternoon, for narrow places. */
export const briefTimeOf = (ms: number, texts: PageTexts): string => timeOf(ms, texts).replace(/\s*[AP]\.?M\.?/i, '')
export const exactTime = (ms: number, texts: PageTexts): string => format('exact', texts).format(ms)

const dayNumber = (ms: number): number => {
  const date = new Date(ms)
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000)
}

export const sameDay = (a: number, b: number): boolean => dayNumber(a) === dayNumber(b)

const daysAgo = (ms: number): number => dayNumber(Date.now()) - dayNumber(ms)

/** `Today`, `Yesterday`, or the day itself. */
export function dayOf(ms: number, texts: PageTexts): string {
  const { today, yesterday } = texts.chat.time
  const ago = daysAgo(ms)
  return ago === 0 ? today : ago === 1 ? yesterday : format('day', texts).format(ms)
}

/** The chat's own date templates, such as `{date_short_pretty} {time}`. */
export function byTemplate(template: string, ms: number, texts: PageTexts): string {
  const { inSentence } = texts.chat.time
  const ago = daysAgo(ms)
  const short = format('short', texts).format(ms)
  const pretty = ago === 0 ? inSentence.today : ago === 1 ? inSentence.yesterday : short
  return template
    .replaceAll(/\{date(?:_long|_short)?_pretty\}/g, pretty)
    .replaceAll(/\{date(?:_long|_short|_num)?\}/g, short)
    .replaceAll(/\{time(?:_secs)?\}/g, timeOf(ms, texts))
    .replaceAll('{ago}', agoOf(ms, texts))
}

/** How long ago that moment is. */
export function agoOf(ms: number, { chat }: PageTexts): string {
  const minutes = Math.floor((Date.now() - ms) / 60_000)
  if (minutes < 1) return chat.time.justNow
  if (minutes < 60) return chat.time.minutesAgo(minutes)
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? chat.time.hoursAgo(hours) : chat.time.daysAgo(Math.floor(hours / 24))
}
