/** How much of what comes is looked at: what a chat can use, however much a pod writes. */
export interface Budget {
  /** Whether this line of that source is taken; one that is not is counted. */
  admit(source: string): boolean
  /** Lines left out so far. */
  skipped(): number
}

export interface BudgetSettings {
  readonly now: () => number
  /** Lines a second over a longer time. */
  readonly rate: number
  /** Lines at once after a pause: a backlog, or what a cut stream has to catch up. */
  readonly burst: number
}

/** While all is well, everybody is let in; once there is too much, each source gets an equal share. */
export function createBudget({ now, rate, burst }: BudgetSettings): Budget {
  let tokens = burst
  let at = now()
  let shares = new Map<string, number>()
  let sharesAt = at
  let sources = 1
  let skipped = 0

  return {
    admit: (source) => {
      const time = now()
      if (time > at) {
        tokens = Math.min(burst, tokens + ((time - at) * rate) / 1_000)
        at = time
      }
      if (time - sharesAt >= 1_000) {
        sources = Math.max(1, shares.size)
        shares = new Map()
        sharesAt = time
      }
      const used = shares.get(source) ?? 0
      shares.set(source, used + 1)
      if (tokens >= 1) {
        tokens -= 1
        return true
      }
      // The noisy ones used everything up: those that say little are not to suffer for it.
      if (used < rate / Math.max(sources, shares.size)) return true
      skipped += 1
      return false
    },
    skipped: () => skipped,
  }
}
