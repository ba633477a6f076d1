import { expect, test } from 'vitest'
import { ChannelId, TeamId, UserId } from '../../src/chat/identity.ts'
import { createLedger } from '../../src/operations/ledger.ts'
import { operations } from '../../src/operations/operation.ts'
import type { OperationIn } from '../../src/operations/operation.ts'
import type { Authority, OperationParts } from '../../src/operations/ports.ts'
import { propose } from '../../src/operations/propose.ts'
import { write } from '../../src/operations/write.ts'
import { put } from '../../src/store/store.ts'
import { startReplica } from '../crash/replica.ts'
import { createWorld } from '../crash/world.ts'
import { fakeClusterName } from '../support/fake-cluster.ts'

const target = { cluster: fakeClusterName, namespace: 'shop', kind: 'Deployment', name: 'web' } as const
const requester = { team: TeamId.parse('T0HOME'), user: UserId.parse('U0ANN') }
const place = { channel: ChannelId.parse('C0SHOP'), kind: 'channel' } as const
const rule = { name: 'freeze year-end', file: 'policies/roles.yaml', line: 30 }
const frozen: Authority['decide'] = async () => ({
  verdict: 'deny',
  refusal: { code: 'policy_frozen', rule, freeze: 'year-end', until: undefined, allowed: [], rolesThatMay: [] },
})

test('a freeze that began while the cluster or the bot was away holds for an order that had begun to run', async () => {
  const world = createWorld()
  const { hands, mortal } = await startReplica(world)
  const order = { action: 'deploy', target, image: '1.5.0' } as const
  const proposed = await propose({ cause: 'typed', requester, place, order, environment: 'test' }, hands)
  if (proposed.kind !== 'created' || proposed.operation.state !== 'planned') throw new Error(proposed.kind)
  mortal.die()
  const { deadline: _, ...operation } = proposed.operation
  const value: OperationIn<'running'> = {
    ...operation,
    state: 'running',
    stage: 'writing',
    startedAt: operation.createdAt,
    attempts: 0,
  }
  await world.store.commit([put(operations, { id: operation.id, value, expect: 'any' })])
  const [stored] = await world.store.list(operations, { limit: 1 })
  const ledger = createLedger({ store: world.store, cards: { show: () => [], remind: () => [] } })
  const parts: OperationParts = {
    ...hands.parts,
    store: { ...world.store, now: async () => operation.createdAt + 3_600_000 },
    audit: world.trail.audit,
    authority: { ...hands.parts.authority, decide: frozen },
    changes: { ...hands.parts.changes, mark: async () => ({ kind: 'mark', operation: undefined }) },
  }
  await write({ id: operation.id, version: stored?.version ?? 0, value }, { ledger, parts })
  expect((await ledger.get(operation.id))?.value).toMatchObject({
    state: 'failed',
    failure: { problem: { code: 'policy_frozen' } },
  })
  expect(world.writes).toEqual([])
})

test('a patch without an answer that arrives between the look for its mark and the new plan is no failure', async () => {
  const world = createWorld()
  const { hands, mortal } = await startReplica(world)
  const order = { action: 'deploy', target, image: '1.5.0' } as const
  const proposed = await propose({ cause: 'typed', requester, place, order, environment: 'test' }, hands)
  if (proposed.kind !== 'created' || proposed.operation.state !== 'planned') throw new Error(proposed.kind)
  mortal.die()
  const { deadline: _, ...operation } = proposed.operation
  const value: OperationIn<'running'> = {
    ...operation,
    state: 'running',
    stage: 'writing',
    startedAt: operation.createdAt,
    attempts: 1,
    mayArriveUntil: operation.createdAt + 60_000,
  }
  await world.store.commit([put(operations, { id: operation.id, value, expect: 'any' })])
  const [stored] = await world.store.list(operations, { limit: 1 })
  const ledger = createLedger({ store: world.store, cards: { show: () => [], remind: () => [] } })
  const marks = [undefined, operation.id]
  const parts: OperationParts = {
    ...hands.parts,
    store: world.store,
    audit: world.trail.audit,
    changes: {
      ...hands.parts.changes,
      mark: async () => ({ kind: 'mark', operation: marks.shift() }),
      plan: async () => ({ ok: false, problem: { code: 'plan_nothing_to_change', target: 'web', what: '1.5.0' } }),
    },
  }
  await write({ id: operation.id, version: stored?.version ?? 0, value }, { ledger, parts })
  expect((await ledger.get(operation.id))?.value).toMatchObject({ state: 'running', stage: 'watching' })
})
