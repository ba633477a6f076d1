import { describe, expect, test } from 'vitest'
import { owedRecords } from '../../src/audit/owed.ts'
import { operations } from '../../src/operations/operation.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { askForReviews, reviewLater, reviews } from '../../src/operations/reviews.ts'
import { put } from '../../src/store/store.ts'
import { createMemoryStore } from '../chat/outbox/memory-store.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { everyState } from '../support/operation-builder.ts'

const dayMs = 86_400_000
const breakGlass = 'incident 88'

async function aStoreWith(operation: Operation) {
  const clock = createManualClock(operation.createdAt)
  const store = createMemoryStore(clock)
  await store.commit([
    put(operations, { id: operation.id, value: operation, expect: 'absent' }),
    ...reviewLater(operation),
  ])
  const asked = async () => (await store.list(owedRecords, { limit: 10 })).map(({ value }) => value.entry)
  return { clock, store, asked, left: async () => (await store.list(reviews, { limit: 10 })).length }
}

describe('a change for which a freeze was lifted', () => {
  test('is brought up once after the time of the policy, and not before', async () => {
    const { clock, store, asked, left } = await aStoreWith({ ...everyState.succeeded, breakGlass })
    await clock.advance(dayMs - 1)
    expect(await askForReviews(store, dayMs)).toBe(0)
    expect(await asked()).toEqual([])
    await clock.advance(1)
    expect(await Promise.all([askForReviews(store, dayMs), askForReviews(store, dayMs)])).toContain(1)
    expect(await asked()).toMatchObject([{ what: 'review', operation: '7F3K', details: { breakGlass } }])
    expect(await left()).toBe(0)
    expect(await askForReviews(store, dayMs)).toBe(0)
  })

  test('waits for its end, and is forgotten where nothing was changed', async () => {
    const { clock, store, asked, left } = await aStoreWith({ ...everyState.awaiting_approval, breakGlass })
    await clock.advance(dayMs)
    expect(await askForReviews(store, dayMs)).toBe(0)
    const value: Operation = { ...everyState.expired, breakGlass }
    await store.commit([put(operations, { id: value.id, value, expect: 'any' })])
    expect(await askForReviews(store, dayMs)).toBe(1)
    expect([await asked(), await left()]).toEqual([[], 0])
  })

  test('is the only one that is reviewed', () => {
    expect(reviewLater(everyState.succeeded)).toEqual([])
  })
})
