import { createOwedRecords } from '../../src/audit/owed.ts'
import { operationPost, reminderPost } from '../../src/cards/posts.ts'
import { en } from '../../src/cards/texts/en.ts'
import { createOutbox } from '../../src/chat/outbox/outbox.ts'
import type { Clock } from '../../src/time/clock.ts'
import type { Cluster } from '../../src/clusters/cluster.ts'
import { createChanges } from '../../src/operations/changes.ts'
import type { Hands } from '../../src/operations/conclude.ts'
import { createLedger } from '../../src/operations/ledger.ts'
import { createRollouts } from '../../src/operations/rollouts.ts'
import { createRunner } from '../../src/operations/runner.ts'
import type { OperationParts } from '../../src/operations/ports.ts'
import { makePlan } from '../../src/plans/make-plan.ts'
import { createLeases } from '../../src/store/leases.ts'
import type { Change, Store } from '../../src/store/store.ts'
import { createLeasedTurn } from '../../src/store/turn.ts'
import { fakeClusterName } from '../support/fake-cluster.ts'
import { createMortal } from './mortal.ts'
import type { Mortal } from './mortal.ts'
import type { World } from './world.ts'

/** One process of the bot from orders to cards, that can die at any step. */
export interface Replica {
  readonly hands: Hands
  readonly mortal: Mortal
  readonly faults: readonly string[]
}

/** What a dead process sent to a cluster may still be on its way for so long. */
export const patchArrivesMs = 150_000

let started = 0

export async function startReplica(world: World, authority = world.office.authority): Promise<Replica> {
  started += 1
  const mortal = createMortal(world.clock)
  const { durable, look } = mortal
  const faults: string[] = []
  const report = (error: unknown, about: string): string => {
    faults.push(`${about}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return ''
  }
  const clock: Clock = {
    now: () => world.clock.now(),
    after: (ms, task) => world.clock.after(ms, () => mortal.alive && task()),
  }
  const store: Store = {
    ...world.store,
    now: look(() => world.store.now()),
    get: (collection, id) => look(() => world.store.get(collection, id))(),
    list: (collection, query) => look(() => world.store.list(collection, query))(),
    due: (collection, query) => look(() => world.store.due(collection, query))(),
    commit: durable((changes: readonly Change[]) => world.store.commit(changes)),
    watch: (collection, listener) => world.store.watch(collection, () => mortal.alive && listener()),
  }
  const { access } = world.cluster
  const reach: typeof access = {
    ...access,
    read: look((ref) => access.read(ref)),
    workload: look((ref) => access.workload(ref)),
    patch: (ref, operations, mode) =>
      mode === 'write'
        ? durable(() => access.patch(ref, operations, mode), patchArrivesMs)()
        : look(() => access.patch(ref, operations, mode))(),
  }
  const cluster: Cluster = {
    name: fakeClusterName,
    environment: 'test',
    impersonate: false,
    as: () => reach,
    health: () => ({ state: 'up', since: 0 }),
    close: async () => {},
  }
  const clusters = new Map([[fakeClusterName, cluster]])
  const { chat } = world.channel
  // Its own leases commit through the store itself: whether a lease is renewed is no step of an order.
  const turn = createLeasedTurn({
    leases: createLeases(
      { ...store, commit: look((changes: readonly Change[]) => world.store.commit(changes)) },
      `replica ${started}`,
    ),
    clock,
    report: (error) => report(error, 'turn'),
  })
  const outbox = createOutbox({
    store,
    clock,
    turn,
    report,
    chat: {
      ...chat,
      post: durable((message: Parameters<typeof chat.post>[0]) => chat.post(message)),
      edit: durable((change: Parameters<typeof chat.edit>[0]) => chat.edit(change)),
      find: look((search: Parameters<typeof chat.find>[0]) => chat.find(search)),
    },
  })
  const cards: OperationParts['cards'] = {
    show: (operation, version) => operationPost(operation, { version, textsAt: () => en }),
    remind: (operation) => reminderPost(operation, en),
  }
  const ledger = createLedger({ store, cards })
  const parts: OperationParts = {
    store,
    clock,
    audit: { record: durable((entry) => world.trail.audit.record(entry)) },
    changes: createChanges({
      clusters,
      callerOf: async () => 'bot',
      makePlan,
      mask: (_, value) => value,
      ledger,
      now: () => store.now(),
      clock,
    }),
    rollouts: createRollouts({ clusters, clock, mask: (text) => text }),
    authority,
    approvalsBoard: () => undefined,
    cards,
    board: outbox,
    report,
  }
  const runner = createRunner({ ledger: createLedger({ store, cards, turn }), parts }, turn)
  const owed = createOwedRecords({
    store,
    audit: parts.audit,
    trail: { recent: look((query) => world.trail.audit.recent(query)) },
    asWritten: (entry) => entry,
    turn,
    clock,
    report,
  })
  outbox.start()
  await runner.start()
  owed.start()
  turn.start()
  return { hands: { ledger, parts }, mortal, faults }
}
