import { describe, expect, it } from 'vitest'
import { showCard } from '../../../src/chat/outbox/card.ts'
import { createLeasedTurn } from '../../../src/store/turn.ts'
import { createLeases } from '../../../src/store/leases.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { aCard, ops } from './cards.ts'
import { createFakeChannel } from './fake-channel.ts'
import { createMemoryStore } from './memory-store.ts'
import { startProcess } from './process.ts'

function twoReplicas() {
  const clock = createManualClock()
  const store = createMemoryStore(clock)
  const channel = createFakeChannel(clock)
  const replica = (holder: string) => {
    let silent = false
    const turn = createLeasedTurn({
      leases: createLeases(store, holder),
      clock: { now: () => clock.now(), after: (ms, task) => clock.after(ms, () => silent || task()) },
      report: () => {},
    })
    turn.start()
    return { turn, fallSilent: () => (silent = true), ...startProcess({ clock, store, channel, turn }) }
  }
  return { clock, store, channel, first: replica('one'), second: replica('two') }
}

describe('the turn of two replicas', () => {
  it('is had by one of them, and by the other soon after that one fell silent', async () => {
    const { clock, store, channel, first, second } = twoReplicas()
    await clock.advance(100)
    expect([first.turn.mine(), second.turn.mine()]).toEqual([true, false])
    first.fallSilent()
    first.kill()
    await store.commit(showCard(aCard('op1')))
    await clock.advance(20_000)
    expect(second.turn.mine()).toBe(true)
    expect(channel.messages.map(({ tag }) => tag)).toEqual(['op1'])
  })

  it('is handed on at once by a replica that stops', async () => {
    const { clock, first, second } = twoReplicas()
    await clock.advance(100)
    await first.turn.stop()
    await clock.advance(5000)
    expect([first.turn.mine(), second.turn.mine()]).toEqual([false, true])
  })

  it('posts each card once while both are at it', async () => {
    const { clock, store, channel } = twoReplicas()
    for (let at = 1; at <= 6; at += 1) {
      await store.commit(showCard(aCard(`op${at}`, { at })))
      await clock.advance(300)
    }
    await clock.advance(30_000)
    expect(channel.messages.map(({ tag }) => tag)).toEqual(['op1', 'op2', 'op3', 'op4', 'op5', 'op6'])
  })

  it('makes no difference to who is told of an invitation: what waits in that channel is tried at once', async () => {
    const { clock, store, channel, second } = twoReplicas()
    await clock.advance(100)
    channel.fault = (method) =>
      method === 'post' ? { code: 'chat_channel_unusable', channel: ops, reason: 'not_in_channel' } : 'none'
    await store.commit(showCard(aCard('op1')))
    await clock.advance(200_000)
    channel.fault = () => 'none'
    expect(second.turn.mine()).toBe(false)
    second.outbox.wake(ops)
    await clock.advance(1_000)
    expect(channel.messages.map(({ tag }) => tag)).toEqual(['op1'])
    second.outbox.wake(ops)
    await clock.advance(7_200_000)
    expect(channel.messages).toHaveLength(1)
  })
})
