/** Message ids are `seconds.micros`; compared as text because digits would be lost as numbers. */
export function compareTs(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)
}

/** The id of a message written at `now` (epoch ms), always after `last`: ids are unique per channel and never go back. */
export function nextTs(now: number, last: string | undefined): string {
  const fresh = format(Math.floor(now / 1000), (Math.floor(now) % 1000) * 1000 + 9)
  if (last === undefined || compareTs(fresh, last) > 0) return fresh
  const [seconds = '0', micros = '0'] = last.split('.')
  const next = Number(micros) + 10
  return next < 1_000_000 ? format(Number(seconds), next) : format(Number(seconds) + 1, 9)
}

export const isTs = (text: string): boolean => /^\d{1,12}\.\d{6}$/.test(text)

const format = (seconds: number, micros: number) => `${seconds}.${String(micros).padStart(6, '0')}`
