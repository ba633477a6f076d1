import { expect, test } from 'vitest'
import { createAnnouncer } from '../../src/audit/announcer.ts'
import type { AuditEntry } from '../../src/audit/audit.ts'
import { emptyHead, entryText, link } from '../../src/audit/chain.ts'
import type { AuditRecord, FollowedTrail } from '../../src/audit/record.ts'
import { parseRecord } from '../../src/audit/record.ts'
import { showCard, cardsWanted, isWanted } from '../../src/chat/outbox/card.ts'
import { ChannelId } from '../../src/chat/identity.ts'
import type { AuditNews } from '../../src/audit/announcer.ts'
import { remove } from '../../src/store/store.ts'
import type { Store } from '../../src/store/store.ts'
import { alone } from '../../src/store/turn.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { createMemoryStore } from '../chat/outbox/memory-store.ts'

const audit = ChannelId.parse('C0AUDIT')
const other = ChannelId.parse('C0OTHER')

/** A trail in memory, a store, and a chat that takes posts when told. */
function aHouse() {
  const clock = createManualClock()
  const memory = createMemoryStore(clock)
  const records: AuditRecord[] = []
  const faults: unknown[] = []
  let head = emptyHead
  const trail: FollowedTrail = {
    end: async () => ({ seq: head.count, byte: 0 }),
    after: async ({ seq }, limit) => {
      const found = records.slice(seq, seq + limit)
      return { records: found, place: { seq: seq + found.length, byte: 0 } }
    },
  }
  const posted: AuditNews[] = []
  /** `breaks`: the commit is done, and the process does not live to hear of it. */
  const start = async (channels: readonly ChannelId[] = [audit], breaks: () => boolean = () => false) => {
    let dead = false
    const store: Store = {
      ...memory,
      commit: async (changes) => {
        if (dead) return new Promise<never>(() => undefined)
        const done = await memory.commit(changes)
        if (!breaks()) return done
        dead = true
        return new Promise<never>(() => undefined)
      },
    }
    const announcer = createAnnouncer({
      trail,
      store,
      clock,
      turn: alone,
      channels,
      post: (news) => {
        posted.push(news)
        const { card, channel, at } = news
        const message = { summary: '', tone: 'neutral', parts: [] } as const
        return showCard({ id: card, to: { channel }, message, lane: 'alert', stage: 'final', revision: 1, at })
      },
      waits: (card) => isWanted(card, store),
      onMoved: (listener) => memory.watch(cardsWanted, listener),
      report: (error) => faults.push(error),
    })
    await announcer.begin()
    announcer.start()
    return announcer
  }
  const record = (entry: Partial<AuditEntry>): void => {
    const next = link(head, entryText({ what: 'outcome', who: 'T0/U0ANN', ...entry }), clock.now())
    head = next.head
    const parsed = parseRecord(next.line)
    if (parsed) records.push(parsed)
  }
  /** The chat takes what waits. */
  const take = async (): Promise<void> => {
    for (const { id } of await memory.list(cardsWanted, { limit: 100 })) {
      await memory.commit([remove(cardsWanted, id, 'any')])
    }
    await clock.advance(1_000)
  }
  const told = (channel: ChannelId = audit) =>
    posted.filter((news) => news.channel === channel).flatMap((news) => news.records.map(({ seq }) => seq))
  return { clock, record, start, take, posted, told, faults, memory, head: () => head }
}

test('what is recorded is told once, what only looks is not, and the first post carries the head', async () => {
  const house = aHouse()
  const announcer = await house.start()
  house.record({ what: 'start', who: 'readback' })
  house.record({ what: 'command' })
  house.record({ what: 'intent' })
  announcer.look()
  await house.clock.advance(2_000)
  expect(house.told()).toEqual([1, 3])
  expect(house.posted[0]?.head).toEqual(house.head())
  await house.take()
  house.record({ what: 'decision', details: { verdict: 'allow' } })
  house.record({ what: 'decision', details: { verdict: 'deny' } })
  announcer.look()
  await house.clock.advance(2_000)
  expect(house.told()).toEqual([1, 3, 5])
  expect(house.posted[1]?.head).toBeUndefined()
  expect(house.faults).toEqual([])
})

test('while a post waits for its channel, news gather and come together in the next one', async () => {
  const house = aHouse()
  const announcer = await house.start()
  house.record({})
  announcer.look()
  await house.clock.advance(1_000)
  for (let index = 0; index < 12; index += 1) {
    house.record({})
    announcer.look()
    await house.clock.advance(1_000)
  }
  expect(house.posted.map(({ records }) => records.length)).toEqual([1])
  await house.take()
  expect(house.posted.map(({ records }) => records.length)).toEqual([1, 12])
})

test('far behind, a post takes what it can only count; still every record is in exactly one', async () => {
  const house = aHouse()
  const announcer = await house.start()
  for (let index = 0; index < 2_500; index += 1) house.record({})
  announcer.look()
  for (let round = 0; round < 20; round += 1) {
    await house.clock.advance(2_000)
    await house.take()
  }
  expect(house.told()).toEqual(Array.from({ length: 2_500 }, (_, index) => index + 1))
  expect(house.posted.length).toBeLessThan(16)
})

test('a channel that takes nothing keeps one post waiting, however much is recorded, and holds up no other', async () => {
  const house = aHouse()
  const announcer = await house.start([audit, other])
  for (let round = 0; round < 5; round += 1) {
    house.record({})
    announcer.look()
    await house.clock.advance(1_000)
    for (const { id, value } of await house.memory.list(cardsWanted, { limit: 100 })) {
      if (value.to.channel === other) await house.memory.commit([remove(cardsWanted, id, 'any')])
    }
    await house.clock.advance(1_000)
  }
  expect(house.told(audit)).toEqual([1])
  expect(house.told(other)).toEqual([1, 2, 3, 4, 5])
})

test('killed right after any commit, nothing is told twice and nothing is left out', async () => {
  for (let survived = 0; survived < 6; survived += 1) {
    const house = aHouse()
    let commits = 0
    const first = await house.start([audit], () => (commits += 1) > survived + 1)
    for (let index = 0; index < 4; index += 1) {
      house.record({})
      first.look()
      await house.clock.advance(1_000)
      await house.take()
    }
    const second = await house.start()
    house.record({})
    second.look()
    for (let round = 0; round < 3; round += 1) {
      await house.clock.advance(6_000)
      await house.take()
    }
    expect(house.told()).toEqual([1, 2, 3, 4, 5])
  }
})

test('the head is told every 500 records, and once an hour while anything was recorded', async () => {
  const house = aHouse()
  const announcer = await house.start()
  house.record({})
  announcer.look()
  await house.clock.advance(2_000)
  await house.take()
  const heads = () => house.posted.flatMap(({ head }) => (head ? [head.count] : []))
  expect(heads()).toEqual([1])
  for (let index = 0; index < 499; index += 1) house.record({ what: 'command' })
  announcer.look()
  await house.clock.advance(6_000)
  expect(heads()).toEqual([1])
  house.record({ what: 'command' })
  await house.clock.advance(6_000)
  await house.take()
  expect(heads()).toEqual([1, 501])
  await house.clock.advance(3_700_000)
  expect(heads()).toEqual([1, 501])
  house.record({ what: 'command' })
  await house.clock.advance(6_000)
  expect(heads()).toEqual([1, 501, 502])
})

test('at the stop everything is told, with the head, also behind a post that still waits; no timer is left', async () => {
  const house = aHouse()
  const announcer = await house.start()
  house.record({})
  announcer.look()
  await house.clock.advance(2_000)
  house.record({ what: 'stop', who: 'readback' })
  const stopped = announcer.stop()
  await house.clock.advance(4_000)
  await stopped
  expect(house.told()).toEqual([1, 2])
  expect(house.posted.at(-1)?.head).toEqual(house.head())
  expect(house.clock.pending()).toBe(0)
})

test('without an audit channel nothing is told, and a channel named later is told from then on', async () => {
  const house = aHouse()
  const silent = await house.start([])
  house.record({})
  silent.look()
  await house.clock.advance(10_000)
  expect(house.posted).toEqual([])
  await silent.stop()
  const announcer = await house.start([audit])
  house.record({})
  announcer.look()
  await house.clock.advance(2_000)
  expect(house.told()).toEqual([2])
})
