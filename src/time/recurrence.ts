import { Cron } from 'croner'

export interface Recurrence {
  /** The window that holds this moment (epoch ms; the end is not part of it), or undefined. */
  at(moment: number): Window | undefined
}

export interface Window {
  readonly from: number
  /** Where windows touch or overlap, the end of the last; undefined when no end is in sight. */
  readonly until: number | undefined
}

/** Why a recurrence is none: the cron text, the zone, or a cron that never happens (30 February). */
export type RecurrenceFault = 'cron' | 'zone' | 'never'

/** Longest run of touching windows that is followed to find an end. */
const chainLimit = 60

/**
 * Windows that open at each time of `cron` (five fields) in an IANA `zone` and stay open `forMs`, daylight saving included:
 * the opening is local time, the length is elapsed time.
 */
export function createRecurrence(rule: {
  readonly cron: string
  readonly zone: string
  readonly forMs: number
}): Recurrence | RecurrenceFault {
  if (!isZone(rule.zone)) return 'zone'
  if (rule.cron.trim().split(/\s+/).length !== 5) return 'cron'
  const cron = openCron(rule.cron, rule.zone)
  if (cron === undefined) return 'cron'
  const next = (after: number) => cron.nextRun(new Date(after))?.getTime()
  if (next(0) === undefined) return 'never'

  // One look at the calendar costs 0.15 ms, a decision 1 µs: remember what holds until when.
  let known: { readonly from: number; readonly to: number; readonly window: Window | undefined } | undefined

  return {
    at: (moment) => {
      if (known === undefined || moment < known.from || moment >= known.to) known = look(moment, rule.forMs, next)
      return known.window
    },
  }
}

function look(moment: number, forMs: number, next: (after: number) => number | undefined) {
  const opening = next(moment - forMs)
  if (opening === undefined) return { from: moment, to: Number.POSITIVE_INFINITY, window: undefined }
  if (opening > moment) return { from: moment, to: opening, window: undefined }
  const until = chainEnd(opening, forMs, next)
  return { from: opening, to: until ?? opening + forMs, window: { from: opening, until } }
}

function chainEnd(opening: number, forMs: number, next: (after: number) => number | undefined): number | undefined {
  let last = opening
  for (let links = 0; links < chainLimit; links += 1) {
    const following = next(last)
    if (following === undefined || following > last + forMs) return last + forMs
    last = following
  }
  return undefined
}

/** Whether there is a time zone of this name. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function openCron(pattern: string, zone: string): Cron | undefined {
  try {
    return new Cron(pattern, { timezone: zone, paused: true })
  } catch {
    return undefined
  }
}
