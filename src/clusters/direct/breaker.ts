import type { Clock } from '../../time/clock.ts'

/**
 * Asks a cluster that does not answer only now and then. Own lines instead of cockatiel's: its time cannot be injected,
 * and half-open there lets a user's request be the probe, where we want `GET /version`.
 */
export interface Breaker {
  /** Undefined: go on. A number: rest until then (epoch ms). After a rest the first caller's wait covers a probe that all share. */
  pass(): Promise<number | undefined>
  answered(): void
  failed(detail: string): void
  health(): { readonly state: 'unknown' | 'up' | 'down'; readonly since: number; readonly detail?: string }
}

const inARow = 5
const windowMs = 30_000
const enough = 20
const firstRestMs = 5_000
const longestRestMs = 60_000

export function createBreaker({
  clock,
  random,
  probe,
}: {
  readonly clock: Clock
  readonly random: () => number
  /** Throws when the cluster still does not answer. */
  readonly probe: () => Promise<void>
}): Breaker {
  let streak = 0
  let recent: { readonly at: number; readonly failed: boolean }[] = []
  let rests = 0
  let resting: { readonly from: number; readonly until: number } | undefined
  let probing: Promise<number | undefined> | undefined
  let health: ReturnType<Breaker['health']> = { state: 'unknown', since: clock.now() }

  const note = (failed: boolean): void => {
    const now = clock.now()
    recent.push({ at: now, failed })
    if (recent.length > 2 * enough) recent = recent.slice(-enough)
    recent = recent.filter(({ at }) => now - at < windowMs)
  }
  const rest = (): number => {
    const ms = Math.min(longestRestMs, firstRestMs * 2 ** rests) * (0.5 + random() / 2)
    rests += 1
    streak = 0
    recent = []
    const from = clock.now()
    resting = { from, until: from + ms }
    return resting.until
  }
  const tryAgain = async (): Promise<number | undefined> => {
    try {
      await probe()
      resting = undefined
      rests = 0
      return undefined
    } catch {
      // Whatever the probe met has been reported through failed(); here it only means: rest on.
      return rest()
    } finally {
      probing = undefined
    }
  }

  return {
    pass: async () => {
      if (resting === undefined) return undefined
      // Where the clock was set back the rest is over as well: nobody knows how much of it has passed.
      if (clock.now() >= resting.from && clock.now() < resting.until) return resting.until
      probing ??= tryAgain()
      return await probing
    },
    answered: () => {
      streak = 0
      note(false)
      if (health.state !== 'up') health = { state: 'up', since: clock.now() }
    },
    failed: (detail) => {
      streak += 1
      note(true)
      health = { state: 'down', since: health.state === 'down' ? health.since : clock.now(), detail }
      const failures = recent.filter(({ failed }) => failed).length
      const mostly = recent.length >= enough && failures * 2 >= recent.length
      if (resting === undefined && (streak >= inARow || mostly)) rest()
    },
    health: () => health,
  }
}
