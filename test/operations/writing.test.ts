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

/** An order whose process died while its patch was to be written, as the next process finds it. */
async function inWriting(attempts: { readonly attempts: number; readonly mayArriveForMs?: number }) {
  const world = createWorld()
  const { hands, mortal } = await startReplica(world)
  const order = { action: 'deploy', target, image: '1.5.0' } as const
  const proposed = await propose({ cause: 'typed', requester, place, order, environment: 'test' }, hands)
  if (proposed.kind !== 'created' || proposed.operation.state !== 'planned') throw new Error(proposed.kind)
  mortal.die()
  const { deadline: _, ...operation } = proposed.operation
  const { id, createdAt } = operation
  const value: OperationIn<'running'> = {
    ...operation,
    state: 'running',
    stage: 'writing',
    startedAt: createdAt,
    attempts: attempts.attempts,
    ...(attempts.mayArriveForMs === undefined ? {} : { mayArriveUntil: createdAt + attempts.mayArriveForMs }),
  }
  await world.store.commit([put(operations, { id, value, expect: 'any' })])
  const [stored] = await world.store.list(operations, { limit: 1 })
  const ledger = createLedger({ store: world.store, cards: { show: () => [], remind: () => [] } })
  const parts: OperationParts = { ...hands.parts, store: world.store, audit: world.trail.audit }
  return {
    id,
    world,
    createdAt,
    parts,
    /** Takes it up once more and tells what became of it. */
    takeUp: async (around: OperationParts) => {
      await write({ id, version: stored?.version ?? 0, value }, { ledger, parts: around })
      return (await ledger.get(id))?.value
    },
  }
}

test('a freeze that began while the cluster or the bot was away holds for an order that had begun to run', async () => {
  const { world, createdAt, parts, takeUp } = await inWriting({ attempts: 0 })
  const end = await takeUp({
    ...parts,
    store: { ...world.store, now: async () => createdAt + 3_600_000 },
    authority: { ...parts.authority, decide: frozen },
    changes: { ...parts.changes, mark: async () => ({ kind: 'mark', operation: undefined }) },
  })
  expect(end).toMatchObject({ state: 'failed', failure: { problem: { code: 'policy_frozen' } } })
  expect(world.writes).toEqual([])
})

test('a patch without an answer that arrives between the look for its mark and the new plan is no failure', async () => {
  const { id, parts, takeUp } = await inWriting({ attempts: 1, mayArriveForMs: 60_000 })
  let looks = 0
  const end = await takeUp({
    ...parts,
    changes: {
      ...parts.changes,
      mark: async () => ({ kind: 'mark', operation: (looks += 1) === 1 ? undefined : id }),
      plan: async () => ({ ok: false, problem: { code: 'plan_nothing_to_change', target: 'web', what: '1.5.0' } }),
    },
  })
  expect(end).toMatchObject({ state: 'running', stage: 'watching' })
})
