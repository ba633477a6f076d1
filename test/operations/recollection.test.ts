import { describe, expect, test } from 'vitest'
import { createLedger } from '../../src/operations/ledger.ts'
import { operationId } from '../../src/operations/operation-id.ts'
import { operations } from '../../src/operations/operation.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { endedLately, failedOn, newestOn } from '../../src/operations/recollection.ts'
import { put } from '../../src/store/store.ts'
import { createMemoryStore } from '../chat/outbox/memory-store.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { everyState } from '../support/operation-builder.ts'

const hourMs = 3_600_000
const start = Date.UTC(2026, 10, 20)
const { workload } = everyState.succeeded.plan

async function aLedgerWith(kept: readonly Operation[]) {
  const store = createMemoryStore(createManualClock(start))
  await store.commit(kept.map((value) => put(operations, { id: value.id, value, expect: 'absent' })))
  return createLedger({ store, cards: { show: () => [], remind: () => [] } })
}

/** The n-th order ended n hours after the start; ids come in no order of time. */
const ended = (n: number, operation: Operation = everyState.succeeded): Operation => ({
  ...operation,
  id: operationId(n),
  createdAt: start + n * hourMs - 60_000,
  ...('endedAt' in operation ? { endedAt: start + n * hourMs } : {}),
})
const idsOf = (found: readonly Operation[]) => found.map(({ id }) => id)

describe('what is remembered of a workload', () => {
  const many = Array.from({ length: 450 }, (_, n) => ended(n))

  test('is the newest, however many there are and whatever their ids', async () => {
    const ledger = await aLedgerWith(many)
    const found = await newestOn(workload, { ledger, count: 100 })
    expect(idsOf(found)).toEqual(Array.from({ length: 100 }, (_, n) => operationId(449 - n)))
  })

  test('lately is what ended within a day, the latest first, and only that is read', async () => {
    const ledger = await aLedgerWith(many)
    let read = 0
    const counting = {
      byKey: async (...query: Parameters<typeof ledger.byKey>) => {
        const page = await ledger.byKey(...query)
        read += page.length
        return page
      },
    }
    const now = start + 449 * hourMs
    const found = await endedLately(workload, { ledger: counting, now })
    expect(idsOf(found)).toEqual(Array.from({ length: 24 }, (_, n) => operationId(449 - n)))
    expect(read).toBeLessThanOrEqual(48)
  })

  test('as failed is what changed the workload and did not roll out', async () => {
    const { patchedAt: _, ...refused } = everyState.failed
    const ledger = await aLedgerWith([ended(1), ended(2, everyState.failed), ended(3, refused)])
    expect(await failedOn(workload, ledger)).toMatchObject([{ operation: operationId(2) }])
  })
})
