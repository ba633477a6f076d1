/** A token bucket. `take` answers whether one was there; `reserve` tokens are left for those who ask for less. */
export interface Budget {
  take(now: number, reserve: number): boolean
  /** When `take` would succeed (epoch ms). */
  next(now: number, reserve: number): number
  /** Nothing until then: the chat said to wait. */
  pause(until: number): void
  /** The clock was set back by so much. */
  setBack(ms: number): void
}

/** Full at first; one token comes back every `everyMs`. */
export function createBudget(settings: { readonly everyMs: number; readonly burst: number }): Budget {
  let tokens = settings.burst
  let at = 0
  let pausedUntil = 0
  const refill = (now: number): void => {
    tokens = Math.min(settings.burst, tokens + Math.max(0, now - at) / settings.everyMs)
    at = now
  }
  return {
    take: (now, reserve) => {
      refill(now)
      if (now < pausedUntil || tokens < 1 + reserve) return false
      tokens -= 1
      return true
    },
    next: (now, reserve) => {
      refill(now)
      const missing = 1 + reserve - tokens
      return Math.max(pausedUntil, missing <= 0 ? now : now + Math.ceil(missing * settings.everyMs))
    },
    pause: (until) => {
      pausedUntil = Math.max(pausedUntil, until)
    },
    setBack: (ms) => {
      at -= ms
      pausedUntil -= ms
    },
  }
}
