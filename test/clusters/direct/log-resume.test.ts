import type { LogLine } from '../../../src/clusters/cluster.ts'
import { compareStamps, createLogResume } from '../../../src/clusters/direct/log-resume.ts'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'

it('a log cut anywhere, any number of times, is read whole and once', () => {
  const log = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 60 }).map((steps) => {
    let at = Date.UTC(2026, 0, 1)
    return steps.map((step, index): LogLine => {
      at += step * 1_000
      return { stamp: new Date(at).toISOString(), text: `line ${index}` }
    })
  })
  fc.assert(
    fc.property(log, fc.array(fc.nat({ max: 20 })), fc.nat({ max: 5 }), (lines, cuts, first) => {
      const resume = createLogResume()
      const got: LogLine[] = []
      let next = Math.min(first, lines.length - 1)
      for (const cut of [...cuts, lines.length]) {
        got.push(...resume.fresh(lines.slice(next, next + cut)))
        // The server answers from the last stamp's second on, whole.
        const since = resume.since()
        next = since === undefined ? next : lines.findIndex(({ stamp }) => stamp >= since)
        resume.reopened()
      }
      expect(got).toEqual(lines.slice(Math.min(first, lines.length - 1)))
    }),
  )
})

it.each([
  ['2026-01-01T00:00:00.1Z', '2026-01-01T00:00:00.12Z', -1],
  ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000000001Z', -1],
  ['2026-01-01T08:00:00.5+08:00', '2026-01-01T00:00:00.500Z', 0],
  ['2026-01-01T00:00:01Z', '2026-01-01T00:00:00.999999999Z', 1],
  ['2025-12-31T23:59:59.9-05:00', '2026-01-01T04:59:59.9Z', 0],
])('stamps are ordered by time, not by spelling: %s and %s', (a, b, order) => {
  expect(Math.sign(compareStamps(a, b))).toBe(order)
})
