import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Mark } from '../../../src/metrics/chart.ts'
import { margin, width } from '../../../src/metrics/drawing/layout.ts'
import { placeMarks } from '../../../src/metrics/drawing/marks.ts'

const mark = fc.record<Mark>({
  at: fc.integer({ min: margin, max: width - margin }),
  kind: fc.constantFrom('deploy', 'scale', 'rollback', 'restart'),
  text: fc.string({ maxLength: 60 }),
})

it('labels never cover each other and never leave the picture, and every mark has its place', () => {
  fc.assert(
    fc.property(fc.array(mark, { maxLength: 40 }), (marks) => {
      const placed = placeMarks(marks, (at) => at)
      expect(placed.map((one) => one.mark)).toEqual(marks.toSorted((one, other) => other.at - one.at))
      const flags = placed.flatMap(({ flag }) => flag ?? [])
      for (const [index, one] of flags.entries()) {
        expect(one.left).toBeGreaterThanOrEqual(margin)
        expect(one.left + one.width).toBeLessThanOrEqual(width - margin)
        for (const other of flags.slice(index + 1))
          expect(
            one.lane !== other.lane || one.left + one.width <= other.left || other.left + other.width <= one.left,
          ).toBe(true)
      }
    }),
  )
})

it('where there is no room for all names, the latest have theirs', () => {
  const marks = Array.from({ length: 9 }, (_, index): Mark => ({
    at: 200 + index,
    kind: 'deploy',
    text: `a-long-name-of-a-version-${index}`,
  }))
  const named = placeMarks(marks, (at) => at).filter(({ flag }) => flag !== undefined)
  expect(named.map((one) => one.mark.at)).toEqual([208, 207, 206])
})
