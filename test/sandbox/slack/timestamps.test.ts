import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareTs, isTs, nextTs } from '../../../src/sandbox/slack/world/timestamps.ts'

test('message ids of a channel are unique, in order and well-formed, even when the clock stands still or goes back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4_000_000_000_000 }), { minLength: 1 }), (moments) => {
      let last: string | undefined
      for (const now of moments) {
        const ts = nextTs(now, last)
        expect(isTs(ts)).toBe(true)
        if (last !== undefined) expect(compareTs(ts, last)).toBeGreaterThan(0)
        last = ts
      }
    }),
  )
})

test('an overflowing second carries over', () => {
  expect(nextTs(0, '1700000000.999995')).toBe('1700000001.000009')
})
