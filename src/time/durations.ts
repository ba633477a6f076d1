import { z } from 'zod'
import { expecting } from '../documents/sheet.ts'

const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const
const shape = /^(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,8})s)?$/

/**
 * Milliseconds of `6s`, `30m`, `2h`, `1d`, `1h30m`; larger units first, each at most once.
 * Undefined for anything else, bare numbers, fractions and signs included: `90` is no duration.
 */
export function parseDuration(text: string): number | undefined {
  if (text === '') return undefined
  const match = shape.exec(text)
  if (match === null) return undefined
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match
  return Number(days) * units.d + Number(hours) * units.h + Number(minutes) * units.m + Number(seconds) * units.s
}

/** The shortest text that `parseDuration` reads back as the same time, whole seconds: `90 min` is `1h30m`. */
export function formatDuration(ms: number): string {
  let rest = Math.max(0, Math.round(ms / 1000)) * 1000
  let text = ''
  for (const [unit, size] of Object.entries(units)) {
    const count = Math.floor(rest / size)
    if (count > 0) text += `${String(count)}${unit}`
    rest -= count * size
  }
  return text === '' ? '0s' : text
}

const read = z.string().transform((text, context) => {
  const ms = parseDuration(text)
  if (ms !== undefined && ms > 0) return ms
  context.addIssue('no duration')
  return z.NEVER
})

/** A duration in one of our own files, longer than nothing; its value is milliseconds. */
export const Duration = expecting('duration', read, ['6s', '30m', '2h', '1d', '1h30m'])
