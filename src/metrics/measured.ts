import type { Found } from './answers.ts'
import type { Line } from './chart.ts'
import { foremost } from './naming.ts'
import type { MetricsProblem, Result } from './problems.ts'
import type { PromQL } from './promql.ts'
import type { Labels, Point, Series, Unit } from './series.ts'
import type { Source } from './source.ts'
import { earlier } from './window.ts'
import type { Window } from './window.ts'

/** What one panel shows, and what could not be had for it. */
export interface Measured {
  readonly unit: Unit
  readonly series: readonly Series[]
  readonly unshown: number
  readonly lines: readonly Line[]
  readonly shadows: readonly Series[]
  readonly problems: readonly MetricsProblem[]
}

/** When, and beside what. */
export interface Span {
  readonly window: Window
  /** So long ago for comparison, ms. */
  readonly compareMs: number | undefined
}

/** What one query gave, or several of one cluster. */
export type Part = Pick<Measured, 'series' | 'lines' | 'shadows' | 'problems'>

export const nothing: Part = { series: [], lines: [], shadows: [], problems: [] }

/** The series of one query now and, where a comparison is wanted, then: moved into the same window. */
export async function measureQueryOn(
  source: Source,
  query: PromQL,
  { window, compareMs, named }: Span & { readonly named: (found: readonly Found[]) => (labels: Labels) => string },
): Promise<Part> {
  const before = compareMs === undefined ? undefined : earlier(window, compareMs)
  const [now, then] = await Promise.all([
    source.range(query, window),
    before === undefined ? none : source.range(query, before),
  ])
  const series = (result: Result<readonly Found[]>, shift: number): readonly Series[] => {
    if (!result.ok) return []
    const nameFor = named(result.value)
    return result.value.map(({ labels, points }) => ({ name: nameFor(labels), labels, points: moved(points, shift) }))
  }
  return {
    ...nothing,
    series: series(now, 0),
    shadows: series(then, before === undefined ? 0 : window.from - before.from),
    problems: [now, then].flatMap((result) => (result.ok ? [] : [result.problem])),
  }
}

const none: Result<readonly Found[]> = { ok: true, value: [] }

const moved = (points: readonly Point[], shift: number): readonly Point[] =>
  shift === 0 ? points : points.map(([at, value]): Point => [at + shift, value])

/** All parts of one cluster. */
export const joined = (parts: readonly Part[]): Part => ({
  series: parts.flatMap(({ series }) => series),
  lines: parts.flatMap(({ lines }) => lines),
  shadows: parts.flatMap(({ shadows }) => shadows),
  problems: parts.flatMap(({ problems }) => problems),
})

/** One panel of one part for each cluster; the same problem is said once. */
export function together(unit: Unit, parts: readonly Part[]): Measured {
  const all = joined(parts)
  const { series, unshown } = foremost(all.series)
  const shown = new Set(series.map(({ name }) => name))
  return {
    unit,
    series,
    unshown,
    // Limits of several clusters in one picture would not say whose they are.
    lines: parts.length === 1 ? all.lines : [],
    shadows: all.shadows.filter(({ name }) => shown.has(name)),
    problems: [...new Map(all.problems.map((problem) => [JSON.stringify(problem), problem])).values()],
  }
}
