import type { Clock } from '../../time/clock.ts'
import type { Store } from '../../store/store.ts'
import type { Chat } from '../chat.ts'
import type { ChannelId, MessageTs } from '../identity.ts'
import type { Shown } from './delivery.ts'
import type { DigestCards } from './digest.ts'
import type { Lag } from './lag.ts'
import type { PaceSettings } from './pace.ts'
import type { BackoffSettings } from './setback.ts'
import type { Turn } from '../../store/turn.ts'
import type { Waiting } from './waiting.ts'
import { cardsSent, cardsWanted, messageKey } from './card.ts'
import { createDigests } from './digests.ts'
import { createForgetting } from './forgetting.ts'
import { createInvitations } from './invitations.ts'
import { lagsOf } from './lag.ts'
import { createListeners } from './listeners.ts'
import { createPace, slackPace } from './pace.ts'
import { createPoster } from './poster.ts'
import { lineUp } from './line-up.ts'
import { createWaitingList } from './waiting-list.ts'
import { slackBackoff } from './setback.ts'
import { alone } from '../../store/turn.ts'
import { isUnposted, jobOf } from './waiting.ts'

export interface OutboxParts {
  readonly store: Store
  readonly chat: Chat
  readonly clock: Clock
  readonly turn?: Turn
  readonly pace?: PaceSettings
  readonly backoff?: BackoffSettings
  /** Words for the digest of a crowded channel; without them nothing is folded. */
  readonly digest?: DigestCards
  /** Faults that no person can be told about here; `card` is its id. */
  readonly report: (error: unknown, card: string) => void
}

export type Verdict = { readonly kind: 'shown' } | { readonly kind: 'refused'; readonly reason: string }

export interface Outbox {
  start(): void
  /** Starts nothing new and resolves once what is under way has ended. */
  stop(): Promise<void>
  /** Where the card's message is; undefined while it is not posted. */
  where(card: string): Promise<Shown | undefined>
  isShown(card: string): Promise<boolean>
  /** The card whose message that is: what a thread is about. */
  cardAt(message: { readonly channel: ChannelId; readonly ts: MessageTs }): Promise<string | undefined>
  /** What the channel said to the card, on whichever replica; undefined while nothing is known. */
  verdict(card: string): Promise<Verdict | undefined>
  /** Called whenever any replica has written down what became of some card. */
  onMoved(listener: () => void): () => void
  /** Called once a card's message id is stored, by the process that posted it. After a restart owners ask `isShown`. */
  onShown(listener: (card: string, shown: Shown) => void): () => void
  /** Called each time the chat refuses a card: bot not invited, channel archived, blocks refused. It is tried again later. */
  onUnusable(listener: (card: string, reason: string) => void): () => void
  /** Something changed in that channel (the bot was invited): what waits there is tried now, by whichever replica posts. */
  wake(channel: string): void
  /** How many cards of a channel wait for their first post, and until when the chat told us to wait there (epoch ms). */
  pressure(channel: string): { readonly waiting: number; readonly until: number }
  backlog(): number
  /** How far each lane of each channel is behind; empty on a replica that does not post. */
  lags(): readonly Lag[]
}

/** Requests under way at the same time; each channel has at most one. */
const room = { posts: 10, edits: 4 }

const nothing = (): void => {}

/** Brings what owners want shown into the channels, durably, paced, at most once. See DESIGN, promise 6. */
export function createOutbox(parts: OutboxParts): Outbox {
  const { store, clock, report } = parts
  const turn = parts.turn ?? alone
  const backoff = parts.backoff ?? slackBackoff
  const settings = parts.pace ?? slackPace
  const pace = createPace(settings)
  const shown = createListeners<[card: string, shown: Shown]>(report)
  const unusable = createListeners<[card: string, reason: string]>(report)
  const list = createWaitingList({ store, clock, backoff, onChange: () => pump(), report })
  const invitations = createInvitations(store)
  const poster = createPoster({ ...parts, turn, backoff, pace, list, shown, unusable })
  const digests =
    parts.digest &&
    createDigests({
      store,
      clock,
      turn,
      cards: parts.digest,
      waiting: () => list.cards.values(),
      postEveryMs: settings.postEveryMs,
      heldUntil: (channel) => pace.postAt(channel),
      report,
    })
  const running = new Set<Promise<void>>()
  const ends: (() => void)[] = []
  let active = false
  let cancelTimer = nothing
  let pumpedAt = 0
  const forgetting = createForgetting({ store, clock, isMine: () => active && turn.mine(), report })

  function pump(): void {
    cancelTimer()
    if (!active || !turn.mine()) return
    const now = clock.now()
    if (now < pumpedAt) setBack(pumpedAt - now)
    pumpedAt = now
    pace.tidy(now, list.cards.values())
    const busy = [...list.cards.values()].filter((card) => card.busy)
    const edits = room.edits - busy.filter((card) => jobOf(card) === 'edit').length
    const posts = room.posts - busy.filter((card) => isUnposted(card)).length
    const next = lineUp(list.cards.values(), pace, {
      now,
      room: { posts: Math.max(0, posts), edits: Math.max(0, edits) },
    })
    for (const card of next.now) begin(card)
    if (next.wakeAt !== undefined) cancelTimer = clock.after(Math.max(0, next.wakeAt - now), pump)
    if (list.isRead()) digests?.look()
  }

  /** What waits for a moment by the clock as it was would else wait as much longer. */
  function setBack(ms: number): void {
    pace.setBack(ms)
    for (const card of list.cards.values()) card.notBefore -= ms
  }

  function begin(card: Waiting): void {
    card.busy = true
    const work = poster.step(card).finally(() => {
      running.delete(work)
      card.busy = false
      pump()
    })
    running.add(work)
  }

  const takeOver = (): void => {
    list.clear()
    digests?.forget()
    if (!active || !turn.mine()) return
    list.refresh()
    forgetting.wake()
  }

  const track = (work: Promise<void>): void => {
    const tracked = work.catch((error: unknown) => report(error, '')).finally(() => running.delete(tracked))
    running.add(tracked)
  }

  /** Tries now what waits in that channel. */
  function hasten(channel: string): void {
    for (const card of list.cards.values())
      // One that may have arrived already is looked for when its time has come, or it would be posted twice.
      if (card.wanted.to.channel === channel && jobOf(card) !== 'verify') card.notBefore = 0
    pump()
  }

  async function hearOfInvitations(): Promise<void> {
    for (const channel of await invitations.news()) hasten(channel)
  }

  return {
    start: () => {
      if (active) return
      active = true
      ends.push(store.watch(cardsWanted, () => active && turn.mine() && list.refresh()))
      ends.push(invitations.listen(() => turn.mine() && track(hearOfInvitations())))
      ends.push(turn.onChange(takeOver))
      takeOver()
    },
    stop: async () => {
      active = false
      cancelTimer()
      for (const end of ends.splice(0)) end()
      await list.stop()
      await digests?.stop()
      await forgetting.stop()
      while (running.size > 0) await Promise.all(running)
    },
    where: (card) => poster.where(card),
    isShown: async (card) => (await poster.where(card)) !== undefined,
    cardAt: async (message) => (await store.list(cardsSent, { key: messageKey(message), limit: 1 }))[0]?.id,
    verdict: async (card) => {
      const sent = (await store.get(cardsSent, card))?.value
      if (sent?.state === 'absent') return { kind: 'refused', reason: sent.reason }
      return sent?.state === 'shown' || sent?.state === 'gone' ? { kind: 'shown' } : undefined
    },
    onMoved: (listener) => store.watch(cardsSent, listener),
    onShown: (listener) => shown.add(listener),
    onUnusable: (listener) => unusable.add(listener),
    wake: (channel) => {
      if (turn.mine()) hasten(channel)
      else track(invitations.tell(channel))
    },
    pressure: (channel) => {
      const waiting = [...list.cards.values()].filter((card) => card.wanted.to.channel === channel && isUnposted(card))
      return { waiting: waiting.length, until: pace.postAt(channel) }
    },
    backlog: () => list.cards.size,
    lags: () => lagsOf(list.cards.values(), clock.now()),
  }
}
