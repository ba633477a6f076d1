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
  let restUntil: number | undefined
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
    restUntil = clock.now() + ms
    return restUntil
  }
  const tryAgain = async (): Promise<number | undefined> => {
    try {
      await probe()
      restUntil = undefined
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
      if (restUntil === undefined) return undefined
      if (clock.now() < restUntil) return restUntil
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
      if (restUntil === undefined && (streak >= inARow || mostly)) rest()
    },
    health: () => health,
  }
}
