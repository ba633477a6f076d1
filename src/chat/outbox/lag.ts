import { lanes } from './card.ts'
import type { Lane } from './card.ts'
import { isUnposted } from './waiting.ts'
import type { Waiting } from './waiting.ts'

/** How far a channel is behind in one lane. */
export interface Lag {
  readonly lane: Lane
  readonly channel: string
  /** Cards that have no message yet. */
  readonly waiting: number
  /** Since the oldest of them was wanted. */
  readonly lagMs: number
}

/** Channels told apart; the others, which wait less, are one. */
const mostChannels = 20
const others = 'others'

/** Of each lane and each channel where something waits for its first post; longest first. */
export function lagsOf(cards: Iterable<Waiting>, now: number): readonly Lag[] {
  const found = new Map<string, Lag>()
  for (const card of cards) {
    if (!isUnposted(card)) continue
    const { lane, to, at } = card.wanted
    add(found, { lane, channel: to.channel, waiting: 1, lagMs: Math.max(0, now - at) })
  }
  const sorted = [...found.values()].sort((one, other) => other.lagMs - one.lagMs)
  const bounded = new Map<string, Lag>()
  for (const lane of lanes) {
    const those = sorted.filter((lag) => lag.lane === lane)
    for (const [index, lag] of those.entries()) add(bounded, index < mostChannels ? lag : { ...lag, channel: others })
  }
  return [...bounded.values()]
}

function add(lags: Map<string, Lag>, { lane, channel, waiting, lagMs }: Lag): void {
  const key = `${lane} ${channel}`
  const known = lags.get(key)
  lags.set(key, {
    lane,
    channel,
    waiting: waiting + (known?.waiting ?? 0),
    lagMs: Math.max(lagMs, known?.lagMs ?? 0),
  })
}
