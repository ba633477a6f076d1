import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../time/clock.ts'
import { createRoutine } from '../../time/routine.ts'
import type { Store } from '../../store/store.ts'
import type { BackoffSettings } from './setback.ts'
import type { Waiting } from './waiting.ts'
import { cardsOutside } from './card.ts'
import { readWaiting, threadOf } from './waiting.ts'

export interface WaitingList {
  readonly cards: ReadonlyMap<string, Waiting>
  /** Whether all that is wanted has been read since the last `clear`. */
  isRead(): boolean
  /** Looks into the store for what is wanted; soon, and not all the time. */
  refresh(): void
  /** Reads one card again, keeping what is known of its attempts while nobody else wrote. */
  reload(id: string): Promise<Waiting | undefined>
  /** Gives the cards that wait for this card's thread their place. */
  adopt(parent: string): Promise<void>
  clear(): void
  stop(): Promise<void>
}

/** Cards held in memory at once; more stay in the store until these are done. */
const most = 10_000
/** Read at one go; whatever else the process has to do goes on between two of them. */
const pageSize = 50
/** One look costs as much as there is waiting: at most a tenth of the time is spent on that. */
const restMs = (tookMs: number): number => Math.min(2000, Math.max(5, 10 * tookMs))

export function createWaitingList(parts: {
  readonly store: Store
  readonly clock: Clock
  readonly backoff: Pick<BackoffSettings, 'settleMs' | 'longestMs'>
  readonly onChange: () => void
  readonly report: (error: unknown, card: string) => void
}): WaitingList {
  const { store, clock, onChange, report } = parts
  const { settleMs, longestMs } = parts.backoff
  const cards = new Map<string, Waiting>()
  let era = 0
  let more = false
  let read = false

  async function look(): Promise<void> {
    const start = era
    const seen = new Set<string>()
    let after: string | undefined
    more = false
    for (;;) {
      const page = await store.list(cardsOutside, { limit: pageSize, ...(after === undefined ? {} : { after }) })
      if (era !== start) return
      const unknown: string[] = []
      for (const { id, value } of page) {
        seen.add(id)
        const known = cards.get(id)
        if (known !== undefined) known.wanted = value
        else if (cards.size + unknown.length < most) unknown.push(id)
        else more = true
      }
      await Promise.all(unknown.map(load))
      after = page.at(-1)?.id
      if (page.length < pageSize) break
      await setImmediate()
      if (era !== start) return
    }
    for (const [id, card] of cards) if (!seen.has(id) && !card.busy) cards.delete(id)
    read = true
  }

  async function load(id: string): Promise<void> {
    const start = era
    const found = await readWaiting(store, id, settleMs)
    if (found === undefined || era !== start || cards.has(id)) return
    // Written down by a clock that has been set back since: nobody waits longer than that.
    const notBefore = Math.min(found.notBefore, clock.now() + longestMs)
    cards.set(id, { ...found, notBefore, tries: 0, surelyAbsent: false, busy: false })
  }

  const looking = createRoutine({
    clock,
    round: async () => {
      try {
        await look()
      } finally {
        onChange()
      }
      return undefined
    },
    onFault: (error) => report(error, ''),
    restAfterFaultMs: 0,
    leastRestMs: restMs,
  })

  return {
    cards,
    isRead: () => read,
    refresh: () => looking.wake(),
    reload: async (id) => {
      const before = cards.get(id)
      const now = await readWaiting(store, id, settleMs)
      if (now === undefined || before === undefined) {
        cards.delete(id)
        if (more && cards.size < most / 2) looking.wake()
        return undefined
      }
      const untouched = now.sent?.version === before.sent?.version
      Object.assign(before, now, untouched ? {} : { surelyAbsent: false })
      return before
    },
    adopt: async (parent) => {
      for (const card of cards.values())
        if ('under' in card.wanted.to && card.wanted.to.under === parent)
          card.thread = await threadOf(store, card.wanted.to)
    },
    clear: () => {
      era += 1
      read = false
      cards.clear()
    },
    stop: () => looking.stop(),
  }
}
