import { describe, expect, it } from 'vitest'
import type { ThreadFindings } from '../../../src/alerts/enrichment/enrich.ts'
import { createThreads, threadListener, threadOf } from '../../../src/alerts/enrichment/threads.ts'
import { alertGroups, cardOfAlert } from '../../../src/alerts/group.ts'
import type { AlertGroup } from '../../../src/alerts/group.ts'
import { createAlertLedger } from '../../../src/alerts/ledger.ts'
import { showCard } from '../../../src/chat/outbox/card.ts'
import { put } from '../../../src/store/store.ts'
import { alone } from '../../../src/store/turn.ts'
import { aCard, ops } from '../../chat/outbox/cards.ts'
import { createFakeChannel } from '../../chat/outbox/fake-channel.ts'
import { createMemoryStore } from '../../chat/outbox/memory-store.ts'
import { startProcess } from '../../chat/outbox/process.ts'
import { aFiringGroup } from '../../support/alert-group-builder.ts'
import { createManualClock } from '../../support/manual-clock.ts'

function world() {
  const clock = createManualClock()
  const store = createMemoryStore(clock)
  const channel = createFakeChannel(clock)
  const group = aFiringGroup([{ cluster: 'prod' }])
  const reported: unknown[] = []
  let looks = 0
  let shared = false
  let enriched = async (found: AlertGroup): Promise<ThreadFindings> => ({
    group: found,
    now: clock.now(),
    target: { ok: true, value: { kind: 'nothing', why: 'unnamed' } },
    about: undefined,
    chart: { ok: true, value: { kind: 'none', why: 'no_source' } },
  })

  /** One process: outbox and threads together. */
  function start(turn = alone) {
    const process = startProcess({ clock, store, channel, turn })
    const threads = createThreads({
      store,
      clock,
      turn,
      ledger: createAlertLedger({ store, show: () => [] }),
      enrich: (found) => {
        looks += 1
        return enriched(found)
      },
      where: (card) => process.outbox.where(card),
      onShown: (listener) => process.outbox.onShown(listener),
      isShared: async () => shared,
      withhold: (found, at) =>
        showCard(aCard(threadOf(found.id), { to: { channel: at, under: cardOfAlert(found.id) }, text: 'withheld' })),
      show: (findings, at) =>
        showCard(
          aCard(threadOf(findings.group.id), {
            to: { channel: at, under: cardOfAlert(findings.group.id) },
            text: `thread ${looks}`,
          }),
        ),
      report: (error) => reported.push(error),
    })
    threads.start()
    return { process, threads }
  }

  const open = (step: 'opened' | 'reopened' = 'opened') =>
    store.commit([
      put(alertGroups, { id: group.id, value: group, expect: 'any' }),
      ...showCard(aCard(cardOfAlert(group.id), { to: { channel: ops }, text: 'card' })),
      ...threadListener.changes(step, group),
    ])
  return {
    clock,
    store,
    channel,
    group,
    reported,
    start,
    open,
    looks: () => looks,
    share: () => (shared = true),
    enrichAs: (next: typeof enriched) => {
      enriched = next
    },
    texts: () => channel.messages.map(({ text }) => text),
  }
}

describe('the first word of a thread', () => {
  it('is written under the card once that is in the channel, and once only', async () => {
    const { clock, channel, start, open, looks, texts } = world()
    const { threads, process } = start()
    channel.fault = (method) => (method === 'post' ? 'unavailable' : 'none')
    await open()
    await clock.advance(500)
    expect(looks()).toBe(0)
    channel.fault = () => 'none'
    await clock.advance(20_000)
    expect(texts()).toEqual(['card', 'thread 1'])
    expect(channel.messages[1]?.thread).toBe(channel.messages[0]?.ts)
    await open('reopened')
    await clock.advance(60_000)
    expect(texts()).toEqual(['card', 'thread 1'])
    expect(looks()).toBe(1)
    await threads.stop()
    await process.outbox.stop()
    expect(clock.pending()).toBe(0)
  })

  it('is written by the next process where the one before died with the card posted', async () => {
    const { clock, start, open, texts, enrichAs, group } = world()
    const first = start()
    enrichAs(() => new Promise(() => {}))
    await open()
    await clock.advance(5_000)
    expect(texts()).toEqual(['card'])
    first.process.kill()
    const findings: ThreadFindings = {
      group,
      now: 0,
      target: { ok: true, value: { kind: 'nothing', why: 'gone' } },
      about: undefined,
      chart: { ok: true, value: { kind: 'none', why: 'no_source' } },
    }
    enrichAs(async () => findings)
    const second = start()
    await clock.advance(20_000)
    expect(texts()).toEqual(['card', 'thread 2'])
    await second.threads.stop()
  })

  it('is written by one replica, whichever has the turn', async () => {
    const { clock, start, open, texts, looks } = world()
    start()
    start({ mine: () => false, guard: () => [], onChange: () => () => {} })
    await open()
    await clock.advance(60_000)
    expect(texts()).toEqual(['card', 'thread 1'])
    expect(looks()).toBe(1)
  })

  it('is tried again after a fault, and given up after some', async () => {
    const { clock, start, open, looks, reported, enrichAs, texts, store } = world()
    start()
    enrichAs(() => Promise.reject(new Error('a bug')))
    await open()
    await clock.advance(600_000)
    expect(looks()).toBe(5)
    expect(reported).toHaveLength(5)
    expect(texts()).toEqual(['card'])
    expect(await store.list({ name: 'alert-threads', parse: (raw) => raw }, { limit: 9 })).toEqual([])
  })

  it('looks nothing up for a channel where another company reads, and says so', async () => {
    const { clock, start, open, looks, texts, share } = world()
    share()
    start()
    await open()
    await clock.advance(60_000)
    expect(texts()).toEqual(['card', 'withheld'])
    expect(looks()).toBe(0)
  })

  it('is not written about what is over already', async () => {
    const { clock, store, start, open, looks, group } = world()
    await open()
    const over: AlertGroup = { ...group, state: 'resolved', resolvedAt: 1 }
    await store.commit([put(alertGroups, { id: group.id, value: over, expect: 'any' })])
    start()
    await clock.advance(60_000)
    expect(looks()).toBe(0)
  })
})
