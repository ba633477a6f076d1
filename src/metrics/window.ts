import type { Range } from './chart.ts'
import type { MetricsProblem } from './problems.ts'

/** A range with its step, ms; both ends lie on multiples of the step. */
export interface Window extends Range {
  readonly stepMs: number
}

export const mostPoints = 300
export const shortestRangeMs = 60_000
export const longestRangeMs = 31 * 86_400_000
const finestStepMs = 1_000
/** Finer ones show how often a thing is scraped, not the thing. */
const finestOwnStepMs = 15_000

const minute = 60_000
const hour = 60 * minute
const roundSteps = [
  5_000,
  10_000,
  15_000,
  30_000,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
]

/** The smallest round step that keeps a range within so many points. */
function stepFor(rangeMs: number, { finest, points }: { readonly finest: number; readonly points: number }): number {
  const wanted = Math.max(finest, rangeMs / points)
  return roundSteps.find((step) => step >= wanted) ?? Math.ceil(wanted / hour) * hour
}

/** The window that ends at `to`, with the step asked for or the smallest sensible one. */
export function windowOf(asked: {
  readonly to: number
  readonly rangeMs: number
  readonly stepMs: number | undefined
}): { readonly ok: true; readonly window: Window } | { readonly ok: false; readonly problem: MetricsProblem } {
  const { to, rangeMs } = asked
  if (rangeMs > longestRangeMs) return { ok: false, problem: { code: 'metrics_range_long', longestMs: longestRangeMs } }
  if (rangeMs < shortestRangeMs)
    return { ok: false, problem: { code: 'metrics_range_short', shortestMs: shortestRangeMs } }
  const stepMs = asked.stepMs ?? stepFor(rangeMs, { finest: finestOwnStepMs, points: mostPoints })
  if (rangeMs / stepMs > mostPoints) {
    const points = Math.floor(rangeMs / Math.max(1, stepMs))
    const finestMs = stepFor(rangeMs, { finest: finestStepMs, points: mostPoints })
    return { ok: false, problem: { code: 'metrics_step_fine', points, most: mostPoints, finestMs } }
  }
  if (stepMs > rangeMs / 2)
    return { ok: false, problem: { code: 'metrics_step_coarse', coarsestMs: Math.floor(rangeMs / 2) } }
  if (stepMs < finestStepMs)
    return {
      ok: false,
      problem: {
        code: 'metrics_step_fine',
        points: Math.floor(rangeMs / stepMs),
        most: mostPoints,
        finestMs: finestStepMs,
      },
    }
  const last = Math.floor(to / stepMs) * stepMs
  return { ok: true, window: { from: last - Math.floor(rangeMs / stepMs) * stepMs, to: last, stepMs } }
}

/** Every moment of a window, epoch ms. */
export function stepsOf({ from, to, stepMs }: Window): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / stepMs) + 1 }, (_, index) => from + index * stepMs)
}

/** The same window an age earlier, still on whole steps. */
export function earlier(window: Window, ageMs: number): Window {
  const age = Math.round(ageMs / window.stepMs) * window.stepMs
  return { ...window, from: window.from - age, to: window.to - age }
}
