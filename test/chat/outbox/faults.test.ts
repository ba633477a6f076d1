import type { Fault } from './fake-channel.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { showCard } from '../../../src/chat/outbox/card.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { aCard, ops, shop } from './cards.ts'
import { createFakeChannel } from './fake-channel.ts'
import { createMemoryStore } from './memory-store.ts'
import { startProcess } from './process.ts'

const fault = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fault>('none') },
  { weight: 2, arbitrary: fc.constantFrom<Fault>('lost', 'dropped', 'limited', 'unavailable') },
)

const step = fc.oneof(
  fc.record({
    do: fc.constant('show' as const),
    card: fc.integer({ min: 0, max: 4 }),
    stage: fc.constantFrom('progress' as const, 'final' as const),
    lane: fc.constantFrom('answer' as const, 'outcome' as const, 'alert' as const),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 8000 }) }),
  fc.record({
    do: fc.constant('die' as const),
    atCall: fc.integer({ min: 1, max: 12 }),
    moment: fc.constantFrom('before' as const, 'after' as const),
  }),
)

/** Cards 0 and 1 stand in one channel, 2 in another, 3 and 4 in the thread of card 0. */
function destination(card: number) {
  if (card >= 3) return { channel: ops, under: 'card0' }
  return { channel: card === 2 ? shop : ops }
}

describe('outbox under faults', () => {
  it('ends with exactly one message a card and its last text, whatever fails and wherever it dies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.array(fault, { maxLength: 60 }), async (steps, faults) => {
        const clock = createManualClock()
        const store = createMemoryStore(clock)
        const channel = createFakeChannel(clock)
        const script = [...faults]
        channel.fault = () => script.shift() ?? 'none'
        let process = startProcess({ clock, store, channel })
        const last = new Map<string, string>([['card0', 'card0 r0']])
        await store.commit(showCard(aCard('card0', { revision: 0, text: 'card0 r0', at: 0 })))
        for (const [revision, next] of steps.entries()) {
          if (!process.alive) process = startProcess({ clock, store, channel })
          if (next.do === 'wait') await clock.advance(next.ms)
          if (next.do === 'die') process.killAt(next.atCall, next.moment)
          if (next.do !== 'show') continue
          const id = `card${next.card}`
          const text = `${id} r${revision + 1}`
          const { stage, lane } = next
          last.set(id, text)
          await store.commit(
            showCard(
              aCard(id, { to: destination(next.card), revision: revision + 1, text, stage, lane, at: next.card }),
            ),
          )
        }
        process.kill()
        process = startProcess({ clock, store, channel })
        await clock.advance(600_000)
        const shown = channel.messages.map(({ tag, text }) => `${tag}: ${text}`).sort()
        expect(shown).toEqual([...last].map(([id, text]) => `${id}: ${text}`).sort())
        expect(process.outbox.backlog()).toBe(0)
        for (const id of last.keys()) expect(await process.outbox.isShown(id)).toBe(true)
        await process.outbox.stop()
      }),
      { numRuns: 150 },
    )
  })

  it('dies at every single step of a card, before and after it, and still shows it once', async () => {
    for (let call = 1; call <= 14; call += 1) {
      for (const moment of ['before', 'after'] as const) {
        const clock = createManualClock()
        const store = createMemoryStore(clock)
        const channel = createFakeChannel(clock)
        const first = startProcess({ clock, store, channel })
        first.killAt(call, moment)
        await store.commit(showCard(aCard('op1', { stage: 'progress', text: 'begun' })))
        await clock.advance(100)
        await store.commit(showCard(aCard('op1', { revision: 2, text: 'done' })))
        await clock.advance(100)
        first.kill()
        const second = startProcess({ clock, store, channel })
        await clock.advance(60_000)
        expect(
          channel.messages.map(({ text }) => text),
          `${moment} call ${call}`,
        ).toEqual(['done'])
        await second.outbox.stop()
      }
    }
  })

  it('keeps the order of a thread through faults', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 40 }), async (faults) => {
        const clock = createManualClock()
        const store = createMemoryStore(clock)
        const channel = createFakeChannel(clock)
        const script = [...faults]
        channel.fault = () => script.shift() ?? 'none'
        const { outbox } = startProcess({ clock, store, channel })
        await store.commit(showCard(aCard('root')))
        for (let at = 1; at <= 5; at += 1)
          await store.commit(
            showCard(aCard(`r${at}`, { at, to: { channel: ops, under: 'root' }, lane: at % 2 ? 'alert' : 'answer' })),
          )
        await clock.advance(600_000)
        expect(channel.messages.map(({ tag }) => tag)).toEqual(['root', 'r1', 'r2', 'r3', 'r4', 'r5'])
        await outbox.stop()
      }),
      { numRuns: 50 },
    )
  })
})
