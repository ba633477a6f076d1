import type { Clock } from '../../time/clock.ts'
import type { Store } from '../../store/store.ts'
import type { Chat } from '../chat.ts'
import type { Delivered, DeliveryParts, Shown } from './delivery.ts'
import type { Listeners } from './listeners.ts'
import type { Pace } from './pace.ts'
import type { BackoffSettings, Setback } from './setback.ts'
import type { Turn } from '../../store/turn.ts'
import type { WaitingList } from './waiting-list.ts'
import type { Job, Waiting } from './waiting.ts'
import { cardsSent } from './card.ts'
import { edit, post, recordAbsent, recordGone, settle, verify } from './delivery.ts'
import { setbackOf } from './setback.ts'
import { jobOf } from './waiting.ts'

export interface Poster {
  /** Does the next thing for a card and brings its entry up to date. Never throws. */
  step(card: Waiting): Promise<void>
  where(card: string): Promise<Shown | undefined>
}

export function createPoster(parts: {
  readonly store: Store
  readonly chat: Chat
  readonly clock: Clock
  readonly turn: Turn
  readonly backoff: BackoffSettings
  readonly pace: Pace
  readonly list: WaitingList
  readonly shown: Listeners<[card: string, shown: Shown]>
  readonly unusable: Listeners<[card: string, reason: string]>
  readonly report: (error: unknown, card: string) => void
}): Poster {
  const { store, clock, pace, list, report } = parts
  const delivery: DeliveryParts = parts

  async function attempt(card: Waiting, job: Job): Promise<Delivered> {
    const sent = card.sent
    if (job === 'verify' && sent?.value.state === 'posting')
      return verify(delivery, card, { ...sent, value: sent.value })
    if (job === 'post') {
      pace.posting(card.wanted.to.channel, clock.now())
      return post(delivery, card)
    }
    if (job === 'edit' && sent?.value.state === 'shown') {
      pace.edited(card, clock.now())
      return edit(delivery, card, { ...sent, value: sent.value })
    }
    return settle(delivery, card)
  }

  async function step(card: Waiting): Promise<void> {
    const job = jobOf(card)
    try {
      const done = await attempt(card, job)
      if (done.kind === 'absent') card.surelyAbsent = true
      await list.reload(card.id)
      if (card.surelyAbsent || jobOf(card) !== 'verify') card.notBefore = 0
      if (done.kind !== 'absent' && done.kind !== 'stale') card.tries = 0
      if (done.kind === 'posted') {
        await list.adopt(card.id)
        parts.shown.call(card.id, done.shown)
      }
    } catch (error) {
      await fail(card, job, error).catch((fault: unknown) => report(fault, card.id))
    }
  }

  async function fail(card: Waiting, job: Job, error: unknown): Promise<void> {
    const setback = setbackOf(error, card.tries, parts.backoff)
    const until = clock.now() + setback.waitMs
    card.notBefore = until
    card.tries += 1
    card.surelyAbsent = job === 'post' && setback.surelyAbsent
    if (setback.hold) hold(card, job, until)
    else report(error, card.id)
    if (setback.gone && job === 'edit') await afterDeletion(card)
    else if (setback.refused !== undefined) await afterRefusal(card, job, { setback, until })
    await list.reload(card.id)
    card.notBefore = setback.gone && job === 'edit' ? 0 : until
  }

  function hold(card: Waiting, job: Job, until: number): void {
    if (job === 'edit') pace.edits.pause(until)
    else if (job === 'post') pace.holdChannel(card.wanted.to.channel, until)
  }

  async function afterRefusal(card: Waiting, job: Job, at: { setback: Setback; until: number }): Promise<void> {
    const reason = at.setback.refused ?? ''
    const { tries } = card
    if (job === 'post')
      await recordAbsent(delivery, card, {
        reason,
        tries,
        retryAt: at.until,
        generation: card.sent?.value.generation ?? 1,
      })
    parts.unusable.call(card.id, reason)
  }

  async function afterDeletion(card: Waiting): Promise<void> {
    const sent = card.sent
    if (sent?.value.state !== 'shown') return
    if (sent.value.generation > 1) await recordGone(delivery, card.id, { ...sent, value: sent.value })
    else await recordAbsent(delivery, card, { reason: 'deleted', tries: 0, retryAt: clock.now(), generation: 2 })
  }

  return {
    step,
    where: async (card) => {
      const sent = await store.get(cardsSent, card)
      if (sent?.value.state !== 'shown') return undefined
      const { channel, thread, ts } = sent.value
      return { channel, ts, ...(thread === undefined ? {} : { thread }) }
    },
  }
}
