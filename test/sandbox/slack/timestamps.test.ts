import { array, assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { compareTs, isTs, nextTs } from '../../../src/sandbox/slack/world/timestamps.ts'

test('message ids of a channel are unique, in order and well-formed, even when the clock stands still or goes back', () => {
  assert(
    property(array(integer({ min: 0, max: 4_000_000_000_000 }), { minLength: 1 }), (moments) => {
      let last = '0.000000'
      for (const now of moments) {
        const ts = nextTs(now, last)
        expect(isTs(ts)).toBe(true)
        expect(compareTs(ts, last)).toBeGreaterThan(0)
        last = ts
      }
    }),
  )
})

test('an overflowing second carries over', () => {
  expect(nextTs(0, '1700000000.999995')).toBe('1700000001.000009')
})
