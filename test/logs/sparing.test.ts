import { expect, test } from 'vitest'
import type { Filter } from '../../src/logs/filter.ts'
import { createSparing } from '../../src/logs/sparing.ts'
import { anEntry } from './an-entry.ts'

/** A second of lines, one a millisecond, through a filter that takes so long for each. */
function aSecond(costMs: number) {
  let now = 0
  const filter: Filter = {
    pass: (entry) => {
      now += costMs
      return [entry]
    },
  }
  const sparing = createSparing({ now: () => now, share: 0.2, burstMs: 100 })
  let passed = 0
  while (now < 10_000) {
    passed += sparing.pass(filter, anEntry('x', { more: ['  at x'] })).length
    now += 1
  }
  return { passed, spentMs: passed * costMs, skipped: sparing.skipped() }
}

test('a filter that costs little lets everything through', () => {
  expect(aSecond(0)).toMatchObject({ passed: 10_000, skipped: 0 })
})

test('a filter that costs more than its share leaves out lines, all of them counted', () => {
  const { spentMs, skipped } = aSecond(5)
  expect(spentMs).toBeLessThan(10_000 * 0.2 + 110)
  expect(spentMs).toBeGreaterThan(10_000 * 0.2 - 10)
  expect(skipped).toBe(2 * (10_000 - spentMs - spentMs / 5))
})

test('a machine that stands still within the filter costs one pause, not the follow', () => {
  let now = 0
  let stallMs = 60_000
  const sparing = createSparing({ now: () => now, share: 0.2, burstMs: 100 })
  const filter: Filter = {
    pass: (entry) => {
      now += stallMs
      stallMs = 0
      return [entry]
    },
  }
  sparing.pass(filter, anEntry('x'))
  expect(sparing.pass(filter, anEntry('x'))).toHaveLength(1)
})
