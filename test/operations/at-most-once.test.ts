import { describe, expect, test } from 'vitest'
import { ChannelId, TeamId, UserId } from '../../src/chat/identity.ts'
import { lockFor } from '../../src/operations/object-lock.ts'
import { operationId } from '../../src/operations/operation-id.ts'
import { operations } from '../../src/operations/operation.ts'
import type { Operation, OperationIn } from '../../src/operations/operation.ts'
import { propose } from '../../src/operations/propose.ts'
import type { Order } from '../../src/plans/plan.ts'
import { put } from '../../src/store/store.ts'
import { startReplica } from '../crash/replica.ts'
import { createWorld } from '../crash/world.ts'
import { fakeClusterName } from '../support/fake-cluster.ts'

const target = { cluster: fakeClusterName, namespace: 'shop', kind: 'Deployment', name: 'web' } as const
const deploy: Order = { action: 'deploy', target, image: '1.5.0' }
const requester = { team: TeamId.parse('T0HOME'), user: UserId.parse('U0ANN') }
const place = { channel: ChannelId.parse('C0SHOP'), kind: 'channel' } as const

async function aProposal(cause = 'typed') {
  const world = createWorld()
  const { hands, mortal } = await startReplica(world)
  const proposed = await propose({ cause, requester, place, order: deploy, environment: 'test' }, hands)
  if (proposed.kind !== 'created') throw new Error(proposed.kind)
  mortal.die()
  return { world, operation: proposed.operation, replica: await startReplica(world) }
}

const writing = ({
  id,
  cause,
  requester: by,
  place: where,
  order,
  plan,
  environment,
  rule,
  createdAt,
  gate,
}: Operation) =>
  ({
    id,
    cause,
    requester: by,
    place: where,
    order,
    plan,
    environment,
    rule,
    createdAt,
    gate,
    state: 'running',
    stage: 'writing',
    startedAt: createdAt,
    attempts: 1,
  }) satisfies OperationIn<'running'>

const over = (seen: string | undefined) => ({ seen, before: Number.POSITIVE_INFINITY })

describe('a change', () => {
  test('that was held up on its way does nothing when somebody has changed the object and changed it back meanwhile', async () => {
    const { world, operation, replica } = await aProposal()
    const { changes } = replica.hands.parts
    const before = world.cluster.get(operation.plan.object)
    expect(await changes.write(operation, over(undefined))).toEqual({ kind: 'stored' })
    const inverse: Order = { action: 'deploy', target, image: '1.4.2' }
    const back = await changes.plan(inverse, requester)
    if (!back.ok || !before) throw new Error('no way back')
    const undo = { ...operation, id: operationId(77), plan: back.plan }
    expect(await changes.write(undo, over(operation.id))).toEqual({ kind: 'stored' })
    // The template is as it was planned on: only the mark tells.
    expect(await changes.write(operation, over(undefined))).toEqual({ kind: 'moved' })
  })

  test('whose answer was never stored keeps its object for itself beyond the lease of its lock', async () => {
    const { world, operation, replica } = await aProposal()
    replica.mortal.die()
    const { store } = world
    const lease = await lockFor(operation.plan, { id: operation.id, store })
    if (!lease.free) throw new Error('not free')
    await store.commit([lease.take, put(operations, { id: operation.id, value: writing(operation), expect: 'any' })])
    await world.clock.advance(120_000)
    const other = await lockFor(operation.plan, { id: operationId(99), store })
    expect(other).toMatchObject({ free: false, holder: operation.id })
  })

  test('ordered by one payload is one operation, however often the payload is handled', async () => {
    const { world, operation, replica } = await aProposal('once')
    const again = await propose({ cause: 'once', requester, place, order: deploy, environment: 'test' }, replica.hands)
    expect(again).toMatchObject({ kind: 'waiting', operation: { id: operation.id } })
    expect(await world.store.list(operations, { limit: 10 })).toHaveLength(1)
  })
})
