import type { Budget } from './budget.ts'
import type { Waiting } from './waiting.ts'
import { createBudget } from './budget.ts'
import { jobOf } from './waiting.ts'

export interface PaceSettings {
  /** Between two new messages of a channel. */
  readonly postEveryMs: number
  /** Between two edits of the workspace, on average (chat.update is tier 3: 50 a minute and more). */
  readonly editEveryMs: number
  readonly editBurst: number
  /** Edits of that burst which progress leaves to end states and approvals. */
  readonly editReserve: number
}

/** What Slack tolerates: about a post a second and channel, 50 edits a minute and workspace (tier 3), short bursts. */
export const slackPace: PaceSettings = { postEveryMs: 1000, editEveryMs: 1500, editBurst: 6, editReserve: 3 }

/** A card counts as live this long after its last progress edit. */
const liveMs = 10_000

/** When which message may go out. */
export interface Pace {
  postAt(channel: string): number
  posting(channel: string, now: number): void
  /** The chat said to wait before the next message of that channel. */
  holdChannel(channel: string, until: number): void
  readonly edits: Budget
  /** How many edits must be left over for a card's edit to go out. */
  reserveFor(card: Waiting): number
  /** Earliest moment of a card's next edit; grows with the number of live cards. */
  editAt(card: Waiting): number
  edited(card: Waiting, now: number): void
  /** The clock was set back by so much: nothing waits longer for that. */
  setBack(ms: number): void
  /** Forgets what no longer matters; returns how many cards are live. */
  tidy(now: number, waiting: Iterable<Waiting>): number
}

/** End states and what somebody waits for are not thinned out. */
export function isUrgent({ wanted }: Waiting): boolean {
  return wanted.stage === 'final' || wanted.lane === 'answer'
}

/** Kept in memory alone: after a start every channel is free at once. */
export function createPace(settings: PaceSettings): Pace {
  const channels = new Map<string, number>()
  const progress = new Map<string, number>()
  const edits = createBudget({ everyMs: settings.editEveryMs, burst: settings.editBurst })
  let live = 1
  return {
    postAt: (channel) => channels.get(channel) ?? 0,
    posting: (channel, now) => {
      channels.set(channel, now + settings.postEveryMs)
    },
    holdChannel: (channel, until) => {
      channels.set(channel, Math.max(until, channels.get(channel) ?? 0))
    },
    edits,
    reserveFor: (card) => (isUrgent(card) ? 0 : settings.editReserve),
    editAt: (card) => {
      const last = progress.get(card.id)
      if (last === undefined || isUrgent(card)) return 0
      return last + settings.editEveryMs * Math.max(1, live)
    },
    edited: (card, now) => {
      if (!isUrgent(card)) progress.set(card.id, now)
    },
    setBack: (ms) => {
      edits.setBack(ms)
      for (const moments of [channels, progress]) for (const [key, at] of moments) moments.set(key, at - ms)
    },
    tidy: (now, waiting) => {
      const pending = new Set<string>()
      for (const card of waiting) if (jobOf(card) === 'edit' && !isUrgent(card)) pending.add(card.id)
      for (const [id, at] of progress) if (at + liveMs < now && !pending.has(id)) progress.delete(id)
      for (const [channel, at] of channels) if (at < now) channels.delete(channel)
      live = new Set([...pending, ...progress.keys()]).size
      return live
    },
  }
}
