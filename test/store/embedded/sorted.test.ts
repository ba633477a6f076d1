import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSorted } from '../../../src/store/embedded/sorted.ts'

test('holds what a sorted array without doubles would hold, through many blocks', () => {
  const step = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 3000 }))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: -1, max: 3001 }), (steps, after) => {
      const sorted = createSorted<number>((a, b) => a - b)
      const plain = new Set<number>()
      for (let item = 0; item < 3000; item += 2) {
        sorted.add((item * 7) % 3000)
        plain.add((item * 7) % 3000)
      }
      for (const [adding, item] of steps) {
        if (adding) sorted.add(item)
        else sorted.remove(item)
        if (adding) plain.add(item)
        else plain.delete(item)
      }
      const expected = [...plain].sort((a, b) => a - b)
      expect([...sorted.after()]).toEqual(expected)
      expect([...sorted.after(after)]).toEqual(expected.filter((item) => item > after))
      expect(sorted.first()).toBe(expected[0])
      expect(sorted.size).toBe(expected.length)
      for (const item of expected) sorted.remove(item)
      expect(sorted.size).toBe(0)
      expect(sorted.first()).toBeUndefined()
    }),
    { numRuns: 30 },
  )
})
