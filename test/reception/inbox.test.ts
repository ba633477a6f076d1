import { describe, expect, onTestFinished, test } from 'vitest'
import { ChannelId, MessageTs, TeamId, UserId } from '../../src/chat/identity.ts'
import type { Incoming } from '../../src/chat/incoming.ts'
import { createInbox } from '../../src/reception/inbox.ts'
import { received } from '../../src/reception/received.ts'
import type { Store } from '../../src/store/store.ts'
import { alone } from '../../src/store/turn.ts'
import type { Turn } from '../../src/store/turn.ts'
import { createMemoryStore } from '../chat/outbox/memory-store.ts'
import { createManualClock } from '../support/manual-clock.ts'

const person = { team: TeamId.parse('T0HOME'), user: UserId.parse('U0ANN') }
const place = { channel: ChannelId.parse('C0SHOP'), kind: 'channel' } as const
const reply = { url: 'https://hooks.example/1' }
const click: Incoming = {
  kind: 'click',
  key: 'click:1',
  person,
  at: 0,
  action: 'operation.approve',
  value: '7F3K:abc',
  place,
  reply,
  trigger: '1.2',
}
const mention: Incoming = {
  kind: 'mention',
  key: 'mention:1',
  person,
  at: 0,
  text: 'status',
  place,
  message: MessageTs.parse('1.1'),
}

/** Never this process's. */
const notMine: Turn = { ...alone, mine: () => false }

/** `lost`: stored, but nobody hears of it. */
type Fault = 'lost' | 'dropped'

/** Processes that share a store; the connection of each may break at its next commit. */
function aHouse() {
  const clock = createManualClock()
  const shared = createMemoryStore(clock)
  const dead = new Set<string>()
  const aProcess = (id: string, turn: Turn = alone) => {
    let fault: Fault | undefined
    const store: Store = {
      ...shared,
      commit: async (changes) => {
        const now = fault
        fault = undefined
        if (now === undefined) return shared.commit(changes)
        if (now === 'lost') await shared.commit(changes)
        throw new Error('connection reset')
      },
    }
    const handed: string[] = []
    const presence = { id, isAlive: async (other: string) => !dead.has(other) }
    const inbox = createInbox({ store, clock, turn, presence, report: () => undefined })
    onTestFinished(() => inbox.stop())
    inbox.start(async ({ key }) => {
      handed.push(key)
      await inbox.finish(key)
    })
    return { inbox, handed, break: (how: Fault): void => void (fault = how) }
  }
  const open = async (): Promise<readonly string[]> =>
    (await shared.list(received, { key: 'open', limit: 10 })).map(({ id }) => id)
  return { clock, aProcess, die: (id: string): void => void dead.add(id), open }
}

describe('what a dead process had acknowledged', () => {
  test.each(['lost', 'dropped'] as const)('is taken up once although the claim is %s', async (how) => {
    const { clock, aProcess, die, open } = aHouse()
    const first = aProcess('first', notMine)
    expect(await first.inbox.keep(click)).toBe(true)
    const second = aProcess('second')
    await clock.advance(5_000)
    expect(second.handed).toEqual([])
    second.break(how)
    die('first')
    await clock.advance(10_000)
    expect(second.handed).toEqual([click.key])
    expect(await open()).toEqual([])
  })
})

describe('a mention that was stored without the process hearing so', () => {
  test('is not acknowledged, and answered once when Slack sends it again to whichever process', async () => {
    const { clock, aProcess, open } = aHouse()
    const [one, other] = [aProcess('one', notMine), aProcess('other')]
    one.break('lost')
    await expect(one.inbox.keep(mention)).rejects.toThrow('connection reset')
    expect(await other.inbox.keep(mention)).toBe(false)
    await clock.advance(10_000)
    expect([...one.handed, ...other.handed]).toEqual([mention.key])
    expect(await open()).toEqual([])
  })

  test('is answered once when Slack sends it again while it is looked for', async () => {
    const { clock, aProcess, open } = aHouse()
    const { inbox, handed, ...connection } = aProcess('one', notMine)
    connection.break('lost')
    await expect(inbox.keep(mention)).rejects.toThrow('connection reset')
    const [again] = await Promise.all([inbox.keep(mention), clock.advance(10_000)])
    expect(again).toBe(false)
    expect(handed).toEqual([mention.key])
    expect(await open()).toEqual([])
  })
})

describe('a click that was stored without the process hearing so', () => {
  test('is not done: its person was told that it failed', async () => {
    const { clock, aProcess, open } = aHouse()
    const { inbox, handed, ...connection } = aProcess('one')
    connection.break('lost')
    await expect(inbox.keep(click)).rejects.toThrow('connection reset')
    await clock.advance(10_000)
    expect(handed).toEqual([])
    expect(await open()).toEqual([])
  })
})

describe('an answer that could not be written down', () => {
  test('is written down later and not given again', async () => {
    const { clock, aProcess, open } = aHouse()
    const { inbox, handed, ...connection } = aProcess('one', notMine)
    await inbox.keep(click)
    connection.break('dropped')
    await inbox.finish(click.key)
    await clock.advance(10_000)
    expect(handed).toEqual([])
    expect(await open()).toEqual([])
  })
})
