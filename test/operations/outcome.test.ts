import { expect, test } from 'vitest'
import { owedRecords } from '../../src/audit/owed.ts'
import { cardsWanted } from '../../src/chat/outbox/card.ts'
import { ChannelId, TeamId, UserId } from '../../src/chat/identity.ts'
import { operations } from '../../src/operations/operation.ts'
import { propose } from '../../src/operations/propose.ts'
import { isEnd } from '../../src/operations/states.ts'
import type { Change } from '../../src/store/store.ts'
import { startReplica } from '../crash/replica.ts'
import { createWorld } from '../crash/world.ts'
import type { World } from '../crash/world.ts'
import { fakeClusterName } from '../support/fake-cluster.ts'

const target = { cluster: fakeClusterName, namespace: 'shop', kind: 'Deployment', name: 'web' } as const
const requester = { team: TeamId.parse('T0HOME'), user: UserId.parse('U0ANN') }
const place = { channel: ChannelId.parse('C0SHOP'), kind: 'channel' } as const

/** An order from its beginning to its end. */
async function anOrder(world: World): Promise<string> {
  const { hands } = await startReplica(world)
  const order = { action: 'deploy', target, image: '1.5.0' } as const
  const proposed = await propose({ cause: 'typed', requester, place, order, environment: 'test' }, hands)
  if (proposed.kind !== 'created') throw new Error(proposed.kind)
  await world.clock.advance(30_000)
  return proposed.operation.id
}

const endsOne = ({ collection, kind, body }: Change): boolean =>
  collection === operations.name && kind === 'put' && isEnd(operations.parse(JSON.parse(body?.json ?? '')).state)

const outcomesOf = ({ trail }: World): number => trail.entries.filter(({ what }) => what === 'outcome').length

test('what an order came to is owed to the trail by the very commit that ends it and says so on its card', async () => {
  const world = createWorld()
  const commits: (readonly Change[])[] = []
  const commit: typeof world.store.commit = async (changes) => {
    const result = await world.store.commit(changes)
    if (result.ok) commits.push(changes)
    return result
  }
  const id = await anOrder({ ...world, store: { ...world.store, commit } })
  const ends = commits.filter((changes) => changes.some(endsOne))
  expect(ends.map((changes) => changes.map(({ collection }) => collection))).toEqual([
    expect.arrayContaining([operations.name, cardsWanted.name, owedRecords.name]),
  ])
  expect(ends.flat().find(({ collection }) => collection === owedRecords.name)?.id).toMatch(new RegExp(`^${id}/`))
})

test('a trail that takes no outcome keeps nobody without an answer, and gets it once it can', async () => {
  const world = createWorld()
  let full = true
  const audit: typeof world.trail.audit = {
    ...world.trail.audit,
    record: async (entry) => {
      if (full && entry.what === 'outcome') throw new Error('no space left')
      return world.trail.audit.record(entry)
    },
  }
  await anOrder({ ...world, trail: { ...world.trail, audit } })
  expect(world.channel.messages.map(({ text }) => text)).toEqual([expect.stringContaining('done')])
  expect(outcomesOf(world)).toBe(0)
  full = false
  await world.clock.advance(10_000)
  expect(outcomesOf(world)).toBe(1)
})
