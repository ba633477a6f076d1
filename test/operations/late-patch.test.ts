import { describe, expect, test } from 'vitest'
import { ChannelId, TeamId, UserId } from '../../src/chat/identity.ts'
import { operations } from '../../src/operations/operation.ts'
import type { Operation } from '../../src/operations/operation.ts'
import type { Authority } from '../../src/operations/ports.ts'
import { propose } from '../../src/operations/propose.ts'
import type { Order } from '../../src/plans/plan.ts'
import { startReplica } from '../crash/replica.ts'
import type { Replica } from '../crash/replica.ts'
import { createWorld, touch } from '../crash/world.ts'
import type { World } from '../crash/world.ts'
import { fakeClusterName } from '../support/fake-cluster.ts'

const target = { cluster: fakeClusterName, namespace: 'shop', kind: 'Deployment', name: 'web' } as const
const deploy: Order = { action: 'deploy', target, image: '1.5.0' }
const requester = { team: TeamId.parse('T0HOME'), user: UserId.parse('U0ANN') }
const place = { channel: ChannelId.parse('C0SHOP'), kind: 'channel' } as const
const second = 1_000

/** A world in which something happens to each patch on its way to the cluster; `sent` counts them. */
function aNetwork(onItsWay: (world: World) => Promise<void> | void) {
  const world = createWorld()
  const { access } = world.cluster
  let sent = 0
  const patch: typeof access.patch = async (ref, changes, mode) => {
    if (mode === 'write') {
      sent += 1
      await onItsWay(world)
    }
    return access.patch(ref, changes, mode)
  }
  return { world: { ...world, cluster: { ...world.cluster, access: { ...access, patch } } }, sent: () => sent }
}

async function theOperation({ store }: World): Promise<Operation> {
  const [stored] = await store.list(operations, { limit: 2 })
  if (!stored) throw new Error('no operation')
  return stored.value
}

/** An order whose only patch is on its way when its process dies; it gets there when `arrive` is called. */
async function aPatchOnItsWay() {
  let arrive = (): void => {}
  const way = new Promise<void>((resolve) => (arrive = resolve))
  const ways = [way]
  const { world, sent } = aNetwork(() => ways.shift())
  const first = await startReplica(world)
  await order(world, first)
  expect(sent()).toBe(1)
  first.mortal.die()
  return { world, sent, arrive }
}

async function order(world: World, { hands }: Pick<Replica, 'hands'>): Promise<void> {
  await propose({ cause: 'typed', requester, place, order: deploy, environment: 'test' }, hands)
  await world.clock.advance(5 * second)
}

/** The policy has turned against everybody meanwhile. */
const refusing = ({ office }: World): Authority => ({
  ...office.authority,
  decide: async () => ({
    verdict: 'deny',
    refusal: {
      code: 'policy_no_grant',
      rule: { name: 'otherwise', file: 'policies/roles.yaml', line: 1 },
      roles: [],
      nearest: [],
      rolesThatMay: [],
    },
  }),
})

describe('a patch that is on its way when its process dies', () => {
  test('is not sent again where the order is refused by then, and nobody is told that nothing happened before that is sure', async () => {
    const { world, sent, arrive } = await aPatchOnItsWay()
    await world.clock.advance(40 * second)
    const { faults } = await startReplica(world, refusing(world))
    await world.clock.advance(60 * second)
    expect(await theOperation(world)).toMatchObject({ state: 'running', stage: 'writing' })
    arrive()
    await world.clock.advance(150 * second)
    expect(await theOperation(world)).toMatchObject({ state: 'succeeded', attempts: 1 })
    expect({ sent: sent(), writes: world.writes.length, faults }).toEqual({ sent: 1, writes: 1, faults: [] })
  })

  test('and never arrives, leaves an order that is refused once it cannot arrive any more', async () => {
    const { world, sent } = await aPatchOnItsWay()
    await world.clock.advance(40 * second)
    await startReplica(world, refusing(world))
    await world.clock.advance(200 * second)
    expect(await theOperation(world)).toMatchObject({
      state: 'failed',
      failure: { problem: { code: 'policy_no_grant' } },
    })
    expect({ sent: sent(), writes: world.writes.length }).toEqual({ sent: 1, writes: 0 })
  })

  test('comes after the one that was sent again, and does nothing', async () => {
    const { world, sent, arrive } = await aPatchOnItsWay()
    await startReplica(world)
    await world.clock.advance(60 * second)
    expect(await theOperation(world)).toMatchObject({ state: 'succeeded', attempts: 2 })
    touch(world, 'web', 'registry.example/shop/web:1.4.2')
    arrive()
    await world.clock.advance(10 * second)
    expect({ sent: sent(), writes: world.writes.length }).toEqual({ sent: 2, writes: 1 })
  })

  test('finds the object as it was planned on although somebody had changed it for a while, and is watched all the same', async () => {
    const { world, arrive } = await aPatchOnItsWay()
    const before = world.cluster.get({ apiVersion: 'apps/v1', ...target })
    if (!before) throw new Error('no web')
    touch(world, 'web', 'registry.example/shop/web:1.4.9')
    await startReplica(world)
    await world.clock.advance(60 * second)
    expect(await theOperation(world)).toMatchObject({ state: 'running', stage: 'writing' })
    world.cluster.put(before)
    arrive()
    await world.clock.advance(150 * second)
    expect(await theOperation(world)).toMatchObject({ state: 'succeeded', attempts: 1 })
    expect(world.writes).toHaveLength(1)
  })
})

describe('a patch that was answered', () => {
  test('with a test that did not hold ends its order at once', async () => {
    const { world, sent } = aNetwork((now) => touch(now, 'web', 'registry.example/shop/web:1.4.9'))
    await order(world, await startReplica(world))
    expect(await theOperation(world)).toMatchObject({ state: 'voided', ending: { why: 'moved' } })
    expect({ sent: sent(), writes: world.writes.length }).toEqual({ sent: 1, writes: 0 })
  })
})

describe('a process that stands still before it sends a patch', () => {
  test('does not send it when it goes on: what it had decided by may be over', async () => {
    const { world, sent } = aNetwork(() => {})
    const { record } = world.trail.audit
    let stands = true
    const audit: typeof world.trail.audit = {
      ...world.trail.audit,
      record: async (entry) => {
        const head = await record(entry)
        if (entry.what === 'intent' && stands) {
          stands = false
          await new Promise<void>((resolve) => world.clock.after(20 * second, resolve))
        }
        return head
      },
    }
    await order(world, await startReplica({ ...world, trail: { ...world.trail, audit } }))
    await world.clock.advance(60 * second)
    expect(await theOperation(world)).toMatchObject({ state: 'succeeded', attempts: 2 })
    expect(sent()).toBe(1)
  })
})
