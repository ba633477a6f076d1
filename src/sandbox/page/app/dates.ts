const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })
const day = new Intl.DateTimeFormat('en', { weekday: 'long', month: 'long', day: 'numeric' })
const shortDay = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' })

export const msOf = (ts: string): number => Number(ts) * 1000
export const timeOf = (ms: number): string => time.format(ms)
/** Without morning and afternoon, for narrow places. */
export const briefTimeOf = (ms: number): string => timeOf(ms).replace(/\s*[AP]\.?M\.?/i, '')
export const exactTime = (ms: number): string => exact.format(ms)

const dayNumber = (ms: number): number => {
  const date = new Date(ms)
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000)
}

export const sameDay = (a: number, b: number): boolean => dayNumber(a) === dayNumber(b)

/** `Today`, `Yesterday`, or the day itself. */
export function dayOf(ms: number, now: number): string {
  const ago = dayNumber(now) - dayNumber(ms)
  return ago === 0 ? 'Today' : ago === 1 ? 'Yesterday' : day.format(ms)
}

/** The chat's own date templates, such as `{date_short_pretty} {time}`. */
export function byTemplate(template: string, ms: number, now: number): string {
  const pretty =
    dayNumber(now) === dayNumber(ms)
      ? 'today'
      : dayNumber(now) - dayNumber(ms) === 1
        ? 'yesterday'
        : shortDay.format(ms)
  return template
    .replaceAll(/\{date(?:_long|_short)?_pretty\}/g, pretty)
    .replaceAll(/\{date(?:_long|_short|_num)?\}/g, shortDay.format(ms))
    .replaceAll(/\{time(?:_secs)?\}/g, timeOf(ms))
    .replaceAll('{ago}', agoOf(now - ms))
}

export function agoOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`
}
