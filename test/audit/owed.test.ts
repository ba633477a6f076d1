import { describe, expect, onTestFinished, test } from 'vitest'
import { createOwedRecords, owe } from '../../src/audit/owed.ts'
import { openPostgresTrail } from '../../src/audit/postgres-trail.ts'
import type { AuditEntry } from '../../src/audit/audit.ts'
import { systemClock } from '../../src/time/clock.ts'
import type { Turn } from '../../src/store/turn.ts'
import { createMemoryStore } from '../chat/outbox/memory-store.ts'
import { createTestSchema, databaseUrl, notRun } from '../support/postgres.ts'

/** A turn that a test hands from one to the other. */
function aTurn(has: boolean) {
  const listeners = new Set<() => void>()
  let mine = has
  const turn: Turn = {
    mine: () => mine,
    guard: () => [],
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const set = (next: boolean): void => {
    mine = next
    for (const listener of listeners) listener()
  }
  return { turn, set }
}

const outcome: AuditEntry = { what: 'outcome', who: 'T0HOME/U0ANN', operation: '7F3K' }

describe.skipIf(databaseUrl === undefined)(`what is owed to a trail that replicas share${notRun}`, () => {
  test('is written once although a replica lost the turn while its record was on the way', async () => {
    const schema = createTestSchema(databaseUrl ?? '')
    onTestFinished(() => schema.end())
    const [one, other] = [await openPostgresTrail(await schema.open()), await openPostgresTrail(await schema.open())]
    const store = createMemoryStore(systemClock)
    await store.commit([owe('7F3K/5', outcome, systemClock.now())])
    const common = { store, asWritten: (entry: AuditEntry) => entry, clock: systemClock, report: () => undefined }

    const [first, second] = [aTurn(true), aTurn(false)]
    let letGo = (): void => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    let reached = (): void => {}
    const onTheWay = new Promise<void>((resolve) => (reached = resolve))
    const slow = createOwedRecords({
      ...common,
      turn: first.turn,
      trail: one,
      audit: {
        record: async (entry, once) => {
          reached()
          await held
          return one.record(entry, once)
        },
      },
    })
    const next = createOwedRecords({ ...common, turn: second.turn, trail: other, audit: other })
    slow.start()
    next.start()
    await onTheWay
    first.set(false)
    second.set(true)
    await next.stop()
    letGo()
    await slow.stop()

    const { records } = await other.recent({ limit: 10 })
    expect(records.map(({ what }) => what)).toEqual(['outcome'])
  })
})
