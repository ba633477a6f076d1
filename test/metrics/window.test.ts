import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { earlier, longestRangeMs, mostPoints, shortestRangeMs, stepsOf, windowOf } from '../../src/metrics/window.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const to = Date.UTC(2026, 0, 5, 12, 0, 7)
const of = (rangeMs: number, stepMs?: number) => windowOf({ to, rangeMs, stepMs })

describe('a window', () => {
  it.each([
    [minute, 15_000],
    [hour, 15_000],
    [2 * hour, 30_000],
    [day, 5 * minute],
    [7 * day, hour],
    [31 * day, 3 * hour],
  ])('of %d ms has steps of %d ms', (rangeMs, stepMs) => {
    expect(of(rangeMs)).toMatchObject({ ok: true, window: { stepMs } })
  })

  it('never has more points than fit, begins and ends on whole steps, and reaches the moment asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: shortestRangeMs, max: longestRangeMs }),
        fc.integer({ min: 1_000_000_000_000, max: 2_000_000_000_000 }),
        (rangeMs, end) => {
          const found = windowOf({ to: end, rangeMs, stepMs: undefined })
          if (!found.ok) throw new Error(found.problem.code)
          const { window } = found
          expect(stepsOf(window).length).toBeLessThanOrEqual(mostPoints + 1)
          expect(window.from % window.stepMs).toBe(0)
          expect(window.to % window.stepMs).toBe(0)
          expect(end - window.to).toBeLessThan(window.stepMs)
          expect(stepsOf(window).at(-1)).toBe(window.to)
        },
      ),
    )
  })

  it.each<[number, number | undefined, object]>([
    [366 * day, undefined, { code: 'metrics_range_long', longestMs: 31 * day }],
    [30_000, undefined, { code: 'metrics_range_short', shortestMs: minute }],
    [0, undefined, { code: 'metrics_range_short' }],
    [2 * hour, 1_000, { code: 'metrics_step_fine', points: 7200, most: 300, finestMs: 30_000 }],
    [hour, 0, { code: 'metrics_step_fine' }],
    [minute, 500, { code: 'metrics_step_fine', finestMs: 1_000 }],
    [hour, 2 * hour, { code: 'metrics_step_coarse', coarsestMs: 30 * minute }],
  ])('of %d ms in steps of %s ms is refused', (rangeMs, stepMs, problem) => {
    expect(of(rangeMs, stepMs)).toMatchObject({ ok: false, problem })
  })

  it('an age earlier lies on the same steps', () => {
    const found = of(2 * hour)
    if (!found.ok) throw new Error(found.problem.code)
    const { window } = found
    expect(earlier(window, 7 * day)).toEqual({ ...window, from: window.from - 7 * day, to: window.to - 7 * day })
    expect(earlier(window, 7 * day + 7).from % window.stepMs).toBe(0)
  })
})
