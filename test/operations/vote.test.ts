import { describe, expect, test } from 'vitest'
import { ChannelId, TeamId, UserId } from '../../src/chat/identity.ts'
import { createLedger } from '../../src/operations/ledger.ts'
import { operations } from '../../src/operations/operation.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { propose } from '../../src/operations/propose.ts'
import { cancel } from '../../src/operations/answer.ts'
import type { Hands } from '../../src/operations/conclude.ts'
import { heldBy, vote, votersOf } from '../../src/operations/vote.ts'
import { put, remove } from '../../src/store/store.ts'
import { startReplica } from '../crash/replica.ts'
import { createWorld } from '../crash/world.ts'
import type { World } from '../crash/world.ts'
import { fakeClusterName } from '../support/fake-cluster.ts'

const team = TeamId.parse('T0HOME')
const by = (user: string) => ({ team, user: UserId.parse(user) })
const place = { channel: ChannelId.parse('C0SHOP'), kind: 'channel' } as const
/** Needs two approvals in that world. */
const target = { cluster: fakeClusterName, namespace: 'shop', kind: 'Deployment', name: 'pay' } as const

async function aWaitingOrder() {
  const world = createWorld()
  const replica = await startReplica(world)
  const order = { action: 'deploy', target, image: '1.5.0' } as const
  const proposed = await propose(
    { cause: 'one', requester: by('U0ANN'), place, order, environment: 'test' },
    replica.hands,
  )
  if (proposed.kind !== 'created') throw new Error(proposed.kind)
  return { world, replica, operation: proposed.operation }
}

async function now(world: World, { id }: Operation): Promise<Operation> {
  const found = await world.store.get(operations, id)
  if (!found) throw new Error('gone')
  return found.value
}

describe('a vote', () => {
  test.each([
    ['approve', 'planned'],
    ['reject', 'rejected'],
  ] as const)('that comes before the message id of its card is stored counts: %s', async (verdict, state) => {
    const { world, replica, operation } = await aWaitingOrder()
    const { id, plan } = operation
    expect(operation.state).toBe('planned')
    const ballot = { id, fingerprint: plan.fingerprint, by: by('U0SAM'), verdict }
    expect(await vote(ballot, replica.hands)).toMatchObject({ ok: true })
    expect(await now(world, operation)).toMatchObject({ state, approval: { votes: [{ by: 'U0SAM', verdict }] } })
  })

  test.each([
    ['in the last moment before its deadline counts', -1, { ok: true }],
    ['at its deadline does not', 0, { ok: false }],
  ] as const)('%s', async (_, lateMs, expected) => {
    const { world, replica, operation } = await aWaitingOrder()
    if (operation.state !== 'planned') throw new Error(operation.state)
    const { id, plan } = operation
    const deadline = (await world.store.now()) + 600_000
    const waiting: Operation = { ...operation, state: 'awaiting_approval', deadline }
    replica.mortal.die()
    await world.store.commit([put(operations, { id, value: waiting, expect: 'any' })])
    await world.clock.advance(600_000 + lateMs)
    const ledger = createLedger({ store: world.store, cards: { show: () => [], remind: () => [] } })
    const hands: Hands = { ledger, parts: { ...replica.hands.parts, store: world.store, audit: world.trail.audit } }
    const ballot = { id, fingerprint: plan.fingerprint, by: by('U0SAM'), verdict: 'reject' } as const
    expect(await vote(ballot, hands)).toMatchObject(expected)
    expect((await now(world, operation)).state).toBe(lateMs < 0 ? 'rejected' : 'awaiting_approval')
  })

  test('while the clock stands an hour before the order counts like any other', async () => {
    const { world, replica, operation } = await aWaitingOrder()
    const { hands } = replica
    const store = { ...hands.parts.store, now: async () => operation.createdAt - 3_600_000 }
    const ballot = {
      id: operation.id,
      fingerprint: operation.plan.fingerprint,
      by: by('U0SAM'),
      verdict: 'reject',
    } as const
    expect(await vote(ballot, { ...hands, parts: { ...hands.parts, store } })).toMatchObject({ ok: true })
    expect((await now(world, operation)).state).toBe('rejected')
  })

  test('on the card of an operation that is no longer kept is answered, and changes nothing', async () => {
    const { world, replica, operation } = await aWaitingOrder()
    await world.store.commit([remove(operations, operation.id, 'any')])
    const ballot = {
      id: operation.id,
      fingerprint: operation.plan.fingerprint,
      by: by('U0SAM'),
      verdict: 'approve',
    } as const
    expect(await vote(ballot, replica.hands)).toMatchObject({ problem: { code: 'operation_unknown' } })
    expect(await cancel({ id: operation.id, by: by('U0ANN') }, replica.hands)).toMatchObject({ ok: false })
    expect(world.writes).toEqual([])
  })

  test('that is on the trail and came too late to count has that on the trail too', async () => {
    const { world, replica, operation } = await aWaitingOrder()
    const { id, plan } = operation
    const { hands } = replica
    const { audit } = hands.parts
    // Between the record of the vote and its commit the requester takes the order back.
    const interrupted: Hands = {
      ...hands,
      parts: {
        ...hands.parts,
        audit: {
          record: async (entry) => {
            const head = await audit.record(entry)
            if (entry.what === 'vote' && !entry.details?.['refused']) await cancel({ id, by: by('U0ANN') }, hands)
            return head
          },
        },
      },
    }
    const ballot = { id, fingerprint: plan.fingerprint, by: by('U0SAM'), verdict: 'approve' } as const
    expect(await vote(ballot, interrupted)).toMatchObject({ problem: { code: 'operation_not_waiting' } })
    const votes = world.trail.entries.filter(({ what }) => what === 'vote').map(({ details }) => details?.['refused'])
    expect(votes).toEqual([undefined, 'operation_not_waiting'])
  })

  test('and what takes the order back in the same moment are counted one after the other', async () => {
    const { world, replica, operation } = await aWaitingOrder()
    const { id, plan } = operation
    const { hands } = replica
    const { audit } = hands.parts
    let interrupted = false
    const slow: Hands = {
      ...hands,
      parts: {
        ...hands.parts,
        audit: {
          record: async (entry) => {
            const head = await audit.record(entry)
            const ballot = { id, fingerprint: plan.fingerprint, by: by('U0SAM'), verdict: 'approve' } as const
            if (entry.what === 'cancellation' && !interrupted) {
              interrupted = true
              await vote(ballot, hands)
            }
            return head
          },
        },
      },
    }
    expect(await cancel({ id, by: by('U0ANN') }, slow)).toMatchObject({ ok: true })
    expect((await now(world, operation)).state).toBe('cancelled')
    expect(world.trail.entries.filter(({ what }) => what === 'cancellation')).toHaveLength(1)
  })

  test('of somebody whose id belongs to another team does not stand for ours', async () => {
    const { world, replica, operation } = await aWaitingOrder()
    const { id, plan } = operation
    const { authority } = replica.hands.parts
    const hands: Hands = {
      ...replica.hands,
      parts: {
        ...replica.hands.parts,
        authority: {
          ...authority,
          holds: async (person) => ({ roles: person.team === team ? [] : ['sre'], unchecked: [] }),
        },
      },
    }
    const stranger = { team: TeamId.parse('T0ELSE'), user: UserId.parse('U0SAM') }
    const ballot = { id, fingerprint: plan.fingerprint, by: stranger, verdict: 'approve' } as const
    expect(await vote(ballot, hands)).toMatchObject({ ok: true })
    const approved = await now(world, operation)
    expect(approved.approval?.votes).toMatchObject([{ by: 'U0SAM', team: 'T0ELSE' }])
    // Asked again at the execution as who they are, not as the one of ours.
    const held = await heldBy(votersOf(approved.approval?.votes ?? [], team), hands.parts.authority)
    expect(held.get(stranger.user)?.roles).toEqual(['sre'])
    const both = await heldBy([stranger, by('U0SAM')], hands.parts.authority)
    expect(both.get(stranger.user)?.roles).toEqual([])
  })

  test('counts beside another one of the same instant on another replica', async () => {
    const { world, replica, operation } = await aWaitingOrder()
    const { id, plan } = operation
    const other = await startReplica(world)
    const ballot = { id, fingerprint: plan.fingerprint, verdict: 'approve' } as const
    const answers = await Promise.all([
      vote({ ...ballot, by: by('U0SAM') }, replica.hands),
      vote({ ...ballot, by: by('U0KIM') }, other.hands),
    ])
    expect(answers).toMatchObject([{ ok: true }, { ok: true }])
    const { approval, state } = await now(world, operation)
    expect(approval?.votes.map((one) => one.by).sort()).toEqual(['U0KIM', 'U0SAM'])
    expect(state).toBe('approved')
  })
})
