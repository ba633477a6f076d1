import type { Clock } from '../../time/clock.ts'

export type Tier = 1 | 2 | 3 | 4

export interface LimitSettings {
  /** Calls a minute and method, by tier. */
  readonly tiers: Readonly<Record<Tier, number>>
  /** Messages a channel takes at once before the one-a-second pace holds. */
  readonly burst: number
  readonly perSecond: number
}

/** What Slack documents (slack.md section 4); the burst is unpublished and small. */
export const slackLimits: LimitSettings = { tiers: { 1: 1, 2: 20, 3: 50, 4: 100 }, burst: 3, perSecond: 1 }

/** Answers 0 when the call may go on, else the seconds to wait for Retry-After. */
export interface Limits {
  readonly method: (name: string, tier: Tier) => number
  readonly posting: (channel: string) => number
}

export function createLimits(clock: Clock, settings: LimitSettings): Limits {
  const calls = new Map<string, number[]>()
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    method: (name, tier) => {
      const now = clock.now()
      const allowed = settings.tiers[tier]
      const recent = (calls.get(name) ?? []).filter((at) => at > now - 60_000)
      calls.set(name, recent)
      const oldest = recent[recent.length - allowed]
      if (oldest !== undefined) return Math.max(1, Math.ceil((oldest + 60_000 - now) / 1000))
      recent.push(now)
      return 0
    },
    posting: (channel) => {
      const now = clock.now()
      const bucket = buckets.get(channel) ?? { tokens: settings.burst, at: now }
      const tokens = Math.min(settings.burst, bucket.tokens + ((now - bucket.at) / 1000) * settings.perSecond)
      if (tokens < 1) {
        buckets.set(channel, { tokens, at: now })
        return Math.max(1, Math.ceil((1 - tokens) / settings.perSecond))
      }
      buckets.set(channel, { tokens: tokens - 1, at: now })
      return 0
    },
  }
}
