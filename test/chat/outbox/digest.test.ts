import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DigestCards } from '../../../src/chat/outbox/digest.ts'
import { forgetCard, showCard } from '../../../src/chat/outbox/card.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { aCard, ops, shop } from './cards.ts'
import { createFakeChannel } from './fake-channel.ts'
import type { Fault, Posted } from './fake-channel.ts'
import { createMemoryStore } from './memory-store.ts'
import { startProcess } from './process.ts'

const digest: DigestCards = {
  head: ({ state, waiting, counts, lines, pages }) => ({
    summary: [
      state,
      waiting,
      counts.map(({ kind, count }) => `${count} ${kind}`).join(' '),
      `+${pages}`,
      lines.map((line) => `<${line}>`).join(''),
    ].join(' | '),
    tone: 'neutral',
    parts: [],
  }),
  page: ({ state, page, lines }) => ({
    summary: `${state} | page ${page} | ${lines.map((line) => `<${line}>`).join('')}`,
    tone: 'neutral',
    parts: [],
  }),
}

function world() {
  const clock = createManualClock()
  const store = createMemoryStore(clock)
  const channel = createFakeChannel(clock)
  const process = startProcess({ clock, store, channel, digest })
  return { clock, store, channel, process, outbox: process.outbox }
}

const alert = (name: string, weight = 1, at = 0) =>
  aCard(name, { lane: 'alert', weight, at, fold: { headline: `${name}!`, kind: weight > 1 ? 'bad' : 'mild' } })

const alerts = (count: number) => Array.from({ length: count }, (_, index) => alert(`a${index + 1}`, 1, index))
const digestsOf = (messages: readonly Posted[]) => messages.filter(({ tag }) => tag.startsWith('digest/'))
const ownOf = (messages: readonly { readonly tag: string }[]) =>
  messages.flatMap(({ tag }) => (tag.startsWith('digest/') ? [] : [tag]))

describe('the digest of a crowded channel', () => {
  it('does not exist while all get their own message soon', async () => {
    const { clock, store, channel } = world()
    await store.commit(alerts(5).flatMap(showCard))
    await clock.advance(60_000)
    expect(channel.messages.map(({ tag }) => tag)).toEqual(['a1', 'a2', 'a3', 'a4', 'a5'])
  })

  it('shows every waiting card at once, worst first and counted, before most have a message of their own', async () => {
    const { clock, store, channel } = world()
    await store.commit([...alerts(20), alert('worst', 3, 99), alert('worse', 2, 0)].flatMap(showCard))
    await clock.advance(1_100)
    const [head] = digestsOf(channel.messages)
    expect(head?.text).toMatch(/^open \| \d+ \| 1 bad 20 mild \| \+0 \| <worse!><a1!>/)
    const own = ownOf(channel.messages)
    for (const { id } of alerts(20)) expect(own.includes(id) || head?.text.includes(`<${id}!>`)).toBe(true)
  })

  it('is unfolded: each card gets one message, the weightiest first, and the digest ends in place', async () => {
    const { clock, store, channel, outbox } = world()
    await store.commit(alerts(10).flatMap(showCard))
    await clock.advance(1_500)
    await store.commit(showCard(alert('worst', 3, 99)))
    await clock.advance(60_000)
    const own = ownOf(channel.messages)
    expect([...own].sort()).toEqual([...alerts(10).map(({ id }) => id), 'worst'].sort())
    expect(own.indexOf('worst')).toBeLessThan(4)
    expect(digestsOf(channel.messages).map(({ text }) => text)).toEqual(['over | 0 |  | +0 | '])
    expect(outbox.backlog()).toBe(0)
    await outbox.stop()
    expect(clock.pending()).toBe(0)
  })

  it('keeps the pace of a second a message, digest included, and lets higher lanes and unfolded news of the lane go first', async () => {
    const { clock, store, channel } = world()
    await store.commit(alerts(30).flatMap(showCard))
    await clock.advance(5_500)
    await store.commit([
      ...showCard(aCard('audit', { lane: 'alert', at: clock.now() })),
      ...showCard(aCard('answer', { lane: 'answer', at: clock.now() })),
    ])
    await clock.advance(2_500)
    const times = channel.messages.map(({ at }) => at)
    expect(Math.min(...times.slice(1).map((at, index) => at - (times[index] ?? 0)))).toBeGreaterThanOrEqual(1000)
    expect(ownOf(channel.messages).slice(-2)).toEqual(['answer', 'audit'])
  })

  it('folds two already where the chat has told the channel to wait', async () => {
    const { clock, store, channel } = world()
    let limited = true
    channel.fault = (method) => (method === 'post' && limited ? 'limited' : 'none')
    await store.commit(alerts(2).flatMap(showCard))
    await clock.advance(2_000)
    limited = false
    await clock.advance(30_000)
    expect(digestsOf(channel.messages)).toHaveLength(1)
    expect(ownOf(channel.messages)).toEqual(['a1', 'a2'])
  })

  it('shows what has no room on further pages in its thread, and says of each when it is over', async () => {
    const { clock, store, channel } = world()
    await store.commit(alerts(260).flatMap(showCard))
    // They are read page by page, with room between for whatever else there is to do.
    for (let page = 0; page < 6; page += 1) await clock.advance(5)
    await clock.advance(8_000)
    const shown = digestsOf(channel.messages)
    expect(shown).toHaveLength(4)
    expect(new Set(shown.slice(1).map(({ thread }) => thread))).toEqual(new Set([shown[0]?.ts]))
    const text = shown.map((message) => message.text).join('')
    const own = ownOf(channel.messages)
    for (const { id } of alerts(260)) expect(own.includes(id) || text.includes(`<${id}!>`), id).toBe(true)
    const editsBefore = channel.edits.length
    await clock.advance(400_000)
    expect(ownOf(channel.messages)).toHaveLength(260)
    expect(digestsOf(channel.messages).map((message) => message.text.split(' | ')[0])).toEqual(
      Array.from({ length: 4 }, () => 'over'),
    )
    const pageEdits = channel.edits.slice(editsBefore).filter(({ tag }) => tag.split('/').length === 4)
    expect(pageEdits.length).toBeLessThan(40)
  })

  it('is another message for the next crowd, below the last one', async () => {
    const { clock, store, channel } = world()
    for (const name of ['x', 'y']) {
      await store.commit(alerts(8).flatMap((card) => showCard({ ...card, id: `${name}${card.id}` })))
      await clock.advance(30_000)
    }
    expect(ownOf(channel.messages)).toHaveLength(16)
    expect(digestsOf(channel.messages).map(({ text, thread }) => [text.split(' | ')[0], thread])).toEqual([
      ['over', undefined],
      ['over', undefined],
    ])
  })

  it('shows newcomers within seconds by posts, not by edits, of which a workspace has few', async () => {
    const { clock, store, channel } = world()
    channel.fault = (method) => (method === 'edit' ? 'limited' : 'none')
    const wanted: { readonly id: string; readonly at: number }[] = []
    const late: string[] = []
    for (let second = 0; second < 60; second += 1) {
      const cards = [1, 2].map((one) => alert(`n${second}x${one}`, (second % 3) + 1, clock.now()))
      wanted.push(...cards.map(({ id }) => ({ id, at: clock.now() })))
      await store.commit(cards.flatMap(showCard))
      await clock.advance(1_000)
      const text = digestsOf(channel.messages)
        .map((message) => message.text)
        .join('')
      const own = new Set(ownOf(channel.messages))
      for (const { id, at } of wanted)
        if (clock.now() - at > 9_000 && !own.has(id) && !text.includes(`<${id}!>`)) late.push(`${id} after ${second} s`)
    }
    expect(late).toEqual([])
    const pages = digestsOf(channel.messages).length
    expect(pages).toBeLessThan(22)
  })

  it('is not posted at all when nothing waits any more before its turn', async () => {
    const { clock, store, channel, outbox } = world()
    channel.fault = (method) => (method === 'post' ? 'unavailable' : 'none')
    await store.commit(alerts(8).flatMap(showCard))
    await clock.advance(500)
    await store.commit(alerts(8).flatMap(({ id }) => forgetCard(id)))
    await clock.advance(3_000)
    channel.fault = () => 'none'
    await clock.advance(100_000)
    expect(channel.messages).toEqual([])
    expect(outbox.backlog()).toBe(0)
  })

  it('does not wait for what the chat refuses to take', async () => {
    const { clock, store, channel } = world()
    const { post } = channel.chat
    Object.assign(channel.chat, {
      post: async (message: Parameters<typeof post>[0]) => {
        channel.fault = () => (message.tag === 'a3' ? { code: 'chat_refused', method: 'post', reason: 'bad' } : 'none')
        return post(message)
      },
    })
    await store.commit(alerts(8).flatMap(showCard))
    await clock.advance(30_000)
    expect(ownOf(channel.messages)).toHaveLength(7)
    expect(digestsOf(channel.messages).map(({ text }) => text.split(' | ')[0])).toEqual(['over'])
  })

  it('says by lane and channel how far it is behind', async () => {
    const { clock, store, outbox } = world()
    const at = clock.now()
    await store.commit(alerts(10).flatMap((card) => showCard({ ...card, at })))
    await store.commit(showCard(aCard('late', { to: { channel: shop }, lane: 'outcome', at: at - 7_000 })))
    await clock.settle()
    await clock.advance(4_000)
    const [lag] = outbox.lags()
    expect(lag).toMatchObject({ lane: 'alert', channel: ops })
    expect(lag?.lagMs).toBeGreaterThanOrEqual(4_000)
    expect(outbox.lags().some(({ lane }) => lane === 'outcome')).toBe(false)
  })
})

const fault = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fault>('none') },
  { weight: 1, arbitrary: fc.constantFrom<Fault>('lost', 'dropped', 'limited', 'unavailable') },
)
const step = fc.oneof(
  fc.record({
    do: fc.constant('storm' as const),
    count: fc.integer({ min: 1, max: 30 }),
    weight: fc.integer({ max: 3 }),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 8000 }) }),
  fc.record({
    do: fc.constant('die' as const),
    atCall: fc.integer({ min: 1, max: 30 }),
    moment: fc.constantFrom('before' as const, 'after' as const),
  }),
)

describe('the digest under faults', () => {
  it('of one channel that cannot be said keeps no other back, and is said once that is mended', async () => {
    const clock = createManualClock()
    const store = createMemoryStore(clock)
    const channel = createFakeChannel(clock)
    let broken = true
    const head: DigestCards['head'] = (view) => {
      if (broken && view.channel === ops) throw new Error('no words for this')
      return digest.head(view)
    }
    const process = startProcess({ clock, store, channel, digest: { ...digest, head } })
    const there = alerts(10).map((card) => ({ ...card, id: `shop ${card.id}`, to: { channel: shop } }))
    await store.commit([...alerts(30), ...there].flatMap(showCard))
    await clock.advance(3_000)
    expect(digestsOf(channel.messages).map((one) => one.channel)).toEqual([shop])
    expect(process.faults).toContainEqual({ error: new Error('no words for this'), card: 'digest' })
    broken = false
    await clock.advance(3_000)
    expect(digestsOf(channel.messages).map((one) => one.channel)).toEqual([shop, ops])
    await process.outbox.stop()
  })

  it('drops and doubles nothing, itself included, whatever fails and wherever it dies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.array(fault, { maxLength: 60 }), async (steps, faults) => {
        const clock = createManualClock()
        const store = createMemoryStore(clock)
        const channel = createFakeChannel(clock)
        const script = [...faults]
        channel.fault = () => script.shift() ?? 'none'
        let process = startProcess({ clock, store, channel, digest })
        const wanted: string[] = []
        for (const next of steps) {
          if (!process.alive) process = startProcess({ clock, store, channel, digest })
          if (next.do === 'wait') await clock.advance(next.ms)
          if (next.do === 'die') process.killAt(next.atCall, next.moment)
          if (next.do !== 'storm') continue
          const cards = Array.from({ length: next.count }, () => {
            wanted.push(`a${wanted.length}`)
            return alert(wanted.at(-1) ?? '', next.weight, clock.now())
          })
          await store.commit(cards.flatMap(showCard))
        }
        process.kill()
        process = startProcess({ clock, store, channel, digest })
        await clock.advance(1_500_000)
        expect(ownOf(channel.messages).sort()).toEqual([...wanted].sort())
        const tags = digestsOf(channel.messages).map(({ tag }) => tag)
        expect(new Set(tags).size).toBe(tags.length)
        for (const { text } of digestsOf(channel.messages)) expect(text).toMatch(/^over/)
        expect(process.outbox.backlog()).toBe(0)
        await process.outbox.stop()
      }),
      { numRuns: 60 },
    )
  })
})
