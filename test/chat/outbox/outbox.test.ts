import { describe, expect, it } from 'vitest'
import { cardsSent, forgetCard, showCard } from '../../../src/chat/outbox/card.ts'
import type { SentIn } from '../../../src/chat/outbox/card.ts'
import { MessageTs } from '../../../src/chat/identity.ts'
import { put } from '../../../src/store/store.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { aCard, ops, shop } from './cards.ts'
import { createFakeChannel } from './fake-channel.ts'
import { createMemoryStore } from './memory-store.ts'
import { startProcess } from './process.ts'

function world() {
  const clock = createManualClock()
  const store = createMemoryStore(clock)
  const channel = createFakeChannel(clock)
  const process = startProcess({ clock, store, channel })
  return { clock, store, channel, process, outbox: process.outbox }
}

const sent: SentIn<'shown'> = {
  state: 'shown',
  channel: ops,
  generation: 1,
  revision: 1,
  ts: MessageTs.parse('1.000001'),
}

const texts = (messages: readonly { readonly text: string }[]) => messages.map(({ text }) => text)

describe('outbox', () => {
  it('posts a card once its wish is committed and says where it is', async () => {
    const { clock, store, channel, outbox } = world()
    const shown: string[] = []
    outbox.onShown((card, { ts }) => shown.push(`${card} ${ts}`))
    await store.commit(showCard(aCard('op1')))
    await clock.advance(50)
    const [message] = channel.messages
    expect(message).toMatchObject({ channel: ops, tag: 'op1', text: 'op1 says hello' })
    expect(shown).toEqual([`op1 ${message?.ts}`])
    expect(await outbox.where('op1')).toEqual({ channel: ops, ts: message?.ts })
    expect(outbox.backlog()).toBe(0)
  })

  it('posts no second message for the same revision and edits for a newer one', async () => {
    const { clock, store, channel } = world()
    await store.commit(showCard(aCard('op1')))
    await clock.advance(2000)
    await store.commit(showCard(aCard('op1', { text: 'never sent' })))
    await clock.advance(2000)
    await store.commit(showCard(aCard('op1', { text: 'done', revision: 2 })))
    await clock.advance(2000)
    expect(texts(channel.messages)).toEqual(['done'])
    expect(texts(channel.edits)).toEqual(['done'])
  })

  it('keeps a second between two new messages of a channel, and no second between channels', async () => {
    const { clock, store, channel } = world()
    await clock.advance(50)
    const start = clock.now()
    await store.commit([aCard('a', { at: 1 }), aCard('b', { at: 2 }), aCard('c', { at: 3 })].flatMap(showCard))
    await store.commit(showCard(aCard('d', { to: { channel: shop } })))
    await clock.advance(5000)
    const times = channel.messages.map(({ tag, at }) => [tag, at - start])
    expect(times).toEqual([
      ['a', 0],
      ['d', expect.any(Number)],
      ['b', 1000],
      ['c', 2000],
    ])
    expect(times[1]?.[1]).toBeLessThan(500)
  })

  it('lets higher lanes of a channel go first', async () => {
    const { clock, store, channel } = world()
    await store.commit(
      [
        aCard('alert', { lane: 'alert', at: 1 }),
        aCard('outcome', { lane: 'outcome', at: 2 }),
        aCard('answer', { lane: 'answer', at: 3 }),
      ].flatMap(showCard),
    )
    await clock.advance(5000)
    expect(channel.messages.map(({ tag }) => tag)).toEqual(['answer', 'outcome', 'alert'])
  })

  it('lets the weightier of a lane go first, after those without a weight, and keeps the order of a thread', async () => {
    const { clock, store, channel } = world()
    await store.commit(
      [
        aCard('first', { lane: 'alert', at: 0 }),
        aCard('light', { lane: 'alert', weight: 1, at: 1 }),
        aCard('heavy', { lane: 'alert', weight: 3, at: 2 }),
        aCard('heavy too', { lane: 'alert', weight: 3, at: 3 }),
        aCard('about light', { lane: 'alert', weight: 5, at: 3, to: { channel: ops, under: 'light' } }),
        aCard('more about light', { lane: 'alert', weight: 9, at: 4, to: { channel: ops, under: 'light' } }),
        aCard('plain', { lane: 'alert', at: 5 }),
      ].flatMap(showCard),
    )
    await clock.advance(10_000)
    expect(channel.messages.map(({ tag }) => tag)).toEqual([
      'first',
      'plain',
      'heavy',
      'heavy too',
      'light',
      'about light',
      'more about light',
    ])
  })

  it('keeps the order of a thread whatever the lanes, and moves the whole thread up', async () => {
    const { clock, store, channel, outbox } = world()
    await store.commit(showCard(aCard('op1')))
    await clock.advance(3000)
    await store.commit(
      [
        aCard('part1', { to: { channel: ops, under: 'op1' }, lane: 'alert', at: 1 }),
        aCard('part2', { to: { channel: ops, under: 'op1' }, lane: 'answer', at: 2 }),
        aCard('other', { lane: 'outcome', at: 0 }),
      ].flatMap(showCard),
    )
    await clock.advance(5000)
    expect(channel.messages.map(({ tag }) => tag)).toEqual(['op1', 'part1', 'part2', 'other'])
    const thread = await outbox.where('op1')
    expect(channel.messages[1]?.thread).toBe(thread?.ts)
  })

  it('holds a reply back until the card it belongs under is posted', async () => {
    const { clock, store, channel } = world()
    await store.commit(showCard(aCard('diff', { to: { channel: ops, under: 'op1' }, lane: 'answer' })))
    await clock.advance(5000)
    expect(channel.messages).toEqual([])
    await store.commit(showCard(aCard('op1')))
    await clock.advance(5000)
    expect(channel.messages.map(({ tag }) => tag)).toEqual(['op1', 'diff'])
  })

  it('thins progress to one edit in 1.5 s for one card, shows the newest, and the end state at once', async () => {
    const { clock, store, channel } = world()
    const start = clock.now()
    await store.commit(showCard(aCard('op1', { stage: 'progress' })))
    for (let revision = 2; revision <= 61; revision += 1) {
      await clock.advance(100)
      await store.commit(showCard(aCard('op1', { stage: 'progress', revision, text: `step ${revision}` })))
    }
    await store.commit(showCard(aCard('op1', { stage: 'final', revision: 62, text: 'end' })))
    await clock.advance(50)
    expect(texts(channel.edits).at(-1)).toBe('end')
    const times = channel.edits.slice(0, -1).map(({ at }) => at - start)
    expect(times.length).toBeGreaterThanOrEqual(4)
    expect(times.length).toBeLessThanOrEqual(5)
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1500)
  })

  it('spends no more than the edit budget of a minute on forty live cards and still shows an end state at once', async () => {
    const { clock, store, channel } = world()
    const ids = Array.from({ length: 40 }, (_, index) => `op${index}`)
    await store.commit(ids.flatMap((id) => showCard(aCard(id, { stage: 'progress', lane: 'outcome' }))))
    await clock.advance(60_000)
    const start = clock.now()
    for (let revision = 2; revision <= 60; revision += 1) {
      await store.commit(ids.flatMap((id) => showCard(aCard(id, { stage: 'progress', revision }))))
      await clock.advance(1000)
    }
    expect(channel.edits.length).toBeGreaterThan(30)
    expect(channel.edits.filter(({ at }) => at < start + 60_000).length).toBeLessThanOrEqual(46)
    const before = clock.now()
    await store.commit(showCard(aCard('op7', { stage: 'final', revision: 99, text: 'end' })))
    await clock.advance(3000)
    const end = channel.edits.find(({ text }) => text === 'end')
    expect((end?.at ?? Number.POSITIVE_INFINITY) - before).toBeLessThan(200)
  })

  it('waits out a rate limit of one channel without holding the others', async () => {
    const { clock, store, channel, outbox } = world()
    let limited = true
    channel.fault = (method) => (method === 'post' && limited ? 'limited' : 'none')
    await store.commit(showCard(aCard('a')))
    await clock.advance(50)
    limited = false
    expect(outbox.pressure(ops)).toEqual({ waiting: 1, until: expect.any(Number) })
    await store.commit(showCard(aCard('b', { to: { channel: shop } })))
    await clock.advance(1000)
    expect(channel.messages.map(({ tag }) => tag)).toEqual(['b'])
    await clock.advance(2500)
    expect(channel.messages.map(({ tag }) => tag)).toEqual(['b', 'a'])
  })

  it('adopts a message whose answer was lost instead of posting it again', async () => {
    const { clock, store, channel, outbox } = world()
    let first = true
    channel.fault = (method) => {
      const fault = method === 'post' && first ? 'lost' : 'none'
      first = first && method !== 'post'
      return fault
    }
    await store.commit(showCard(aCard('op1')))
    await clock.advance(10_000)
    expect(channel.messages.length).toBe(1)
    expect(await outbox.where('op1')).toMatchObject({ ts: channel.messages[0]?.ts })
  })

  it('tells the owner of a card whose channel is closed to the bot, and posts it once the bot is invited', async () => {
    const { clock, store, channel, outbox } = world()
    const told: string[] = []
    outbox.onUnusable((card, reason) => told.push(`${card}: ${reason}`))
    channel.fault = () => ({ code: 'chat_channel_unusable', channel: ops, reason: 'not_in_channel' })
    await store.commit(showCard(aCard('op1')))
    await clock.advance(100)
    expect(told).toEqual(['op1: not_in_channel'])
    expect(await outbox.isShown('op1')).toBe(false)
    channel.fault = () => 'none'
    outbox.wake(ops)
    await clock.advance(1500)
    expect(await outbox.isShown('op1')).toBe(true)
  })

  it('does not hold it against a card that a channel refused it, once its owner has moved it to another', async () => {
    const { clock, store, channel, outbox } = world()
    channel.fault = () => ({ code: 'chat_channel_unusable', channel: ops, reason: 'not_in_channel' })
    outbox.onUnusable((id) => {
      channel.fault = () => 'none'
      void store.commit(showCard(aCard(id, { to: { channel: shop }, revision: 2 })))
    })
    await store.commit(showCard(aCard('op1')))
    await clock.advance(2000)
    expect(channel.messages).toMatchObject([{ channel: shop, tag: 'op1' }])
  })

  it('tells each new card of a closed channel at once, while older ones back off', async () => {
    const { clock, store, channel, outbox } = world()
    const told: string[] = []
    outbox.onUnusable((card) => told.push(card))
    channel.fault = () => ({ code: 'chat_channel_unusable', channel: ops, reason: 'is_archived' })
    await store.commit(showCard(aCard('op1')))
    await clock.advance(5000)
    await store.commit(showCard(aCard('op2')))
    await clock.advance(1500)
    expect(told).toEqual(['op1', 'op2'])
  })

  it('posts a deleted card once more, and leaves it alone when it is deleted again', async () => {
    const { clock, store, channel, outbox } = world()
    for (let revision = 1; revision <= 3; revision += 1) {
      await store.commit(showCard(aCard('op1', { revision, text: `revision ${revision}` })))
      await clock.advance(5000)
      for (const message of channel.messages) message.deleted = true
    }
    expect(channel.messages.map(({ tag, text }) => [tag, text])).toEqual([
      ['op1', 'revision 1'],
      ['op1~2', 'revision 2'],
    ])
    expect(outbox.backlog()).toBe(0)
  })

  it('posts nothing for a card that was forgotten before its turn came', async () => {
    const { clock, store, channel } = world()
    await store.commit([aCard('a', { at: 1 }), aCard('b', { at: 2 })].flatMap(showCard))
    await clock.advance(100)
    await store.commit(forgetCard('b'))
    await clock.advance(5000)
    expect(channel.messages.map(({ tag }) => tag)).toEqual(['a'])
  })

  it('forgets where a card was once its time has come', async () => {
    const { clock, store, outbox } = world()
    await store.commit(showCard(aCard('answer', { forgetAt: clock.now() + 60_000 })))
    await clock.advance(1000)
    expect(await outbox.isShown('answer')).toBe(true)
    await clock.advance(2 * 3_600_000)
    expect(await outbox.isShown('answer')).toBe(false)
  })

  it('forgets as many as are due, however many those are', async () => {
    const { clock, store } = world()
    const ids = Array.from({ length: 1_100 }, (_, index) => `answer${index}`)
    for (const id of ids)
      await store.commit([
        put(cardsSent, {
          id,
          value: { ...sent, forgetAt: clock.now() + 60_000 },
          expect: 'absent',
        }),
      ])
    await clock.advance(3_700_000)
    expect(await store.list(cardsSent, { limit: 10 })).toEqual([])
  })

  it('waits no longer when the clock of the machine is set back', async () => {
    const { clock, store, channel } = world()
    await store.commit(showCard(aCard('a')))
    await clock.advance(50)
    channel.fault = (method) => (method === 'edit' ? 'limited' : 'none')
    await store.commit(showCard(aCard('a', { revision: 2, text: 'newer' })))
    await clock.advance(2_000)
    channel.fault = () => 'none'
    clock.setBack(3_600_000)
    await store.commit(showCard(aCard('b')))
    await clock.advance(10_000)
    expect(texts(channel.messages)).toEqual(['newer', 'b says hello'])
  })

  it('does not look for a message of unknown outcome before its time when the bot is invited', async () => {
    const { clock, store, channel, outbox } = world()
    channel.fault = (method) => (method === 'post' ? 'lost' : 'none')
    await store.commit(showCard(aCard('op1')))
    await clock.advance(50)
    let looks = 0
    channel.fault = (method) => {
      looks += method === 'find' ? 1 : 0
      return 'none'
    }
    outbox.wake(ops)
    await clock.advance(1_000)
    expect(looks).toBe(0)
    await clock.advance(10_000)
    expect([looks, channel.messages.length]).toEqual([1, 1])
  })

  it('leaves posting to the process that has the turn, and takes over when it gets it', async () => {
    const { clock, store, channel, process } = world()
    let mine = false
    const listeners: (() => void)[] = []
    const turn = {
      mine: () => mine,
      guard: () => [],
      onChange: (listener: () => void) => (listeners.push(listener), () => {}),
    }
    const second = startProcess({ clock, store, channel, turn })
    process.kill()
    await store.commit(showCard(aCard('op1')))
    await clock.advance(5000)
    expect(channel.messages).toEqual([])
    mine = true
    for (const changed of listeners) changed()
    await clock.advance(5000)
    expect(channel.messages.length).toBe(1)
    await second.outbox.stop()
  })

  it('stops after what is under way and leaves no timer', async () => {
    const { clock, store, channel, outbox } = world()
    await store.commit([aCard('a', { at: 1 }), aCard('b', { at: 2 })].flatMap(showCard))
    await clock.advance(50)
    await outbox.stop()
    await clock.advance(60_000)
    expect(channel.messages.map(({ tag }) => tag)).toEqual(['a'])
    expect(clock.pending()).toBe(0)
  })
})
