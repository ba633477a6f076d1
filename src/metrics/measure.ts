import type { Found } from './answers.ts'
import { wayOf } from './catalogue.ts'
import type { Catalogue, Existing } from './catalogue.ts'
import type { Line } from './chart.ts'
import { foremost, nameOf, namesApart, splitOf } from './naming.ts'
import type { Asking, Bound, Trace, TraceName } from './preset.ts'
import type { AnyPreset } from './presets.ts'
import type { MetricsProblem, Result } from './problems.ts'
import type { PromQL } from './promql.ts'
import type { Point, Series, Unit } from './series.ts'
import type { Source } from './source.ts'
import type { Subject } from './subject.ts'
import { earlier } from './window.ts'
import type { Window } from './window.ts'

/** One workload on one cluster. */
export interface Spot {
  readonly source: Source
  readonly subject: Subject
}

/** When, and beside what. */
export interface Span {
  readonly window: Window
  /** So long ago for comparison, ms. */
  readonly compareMs: number | undefined
}

/** The reader's words for lines. */
export interface MeasureWords {
  readonly traces: Readonly<Record<TraceName, string>>
  readonly bounds: Readonly<Record<Bound['kind'], string>>
}

/** What one panel shows, and what could not be had for it. */
export interface Measured {
  readonly unit: Unit
  readonly series: readonly Series[]
  readonly unshown: number
  readonly lines: readonly Line[]
  readonly shadows: readonly Series[]
  readonly problems: readonly MetricsProblem[]
}

const shortestRateMs = 300_000

/** A counter is looked at over five minutes, and over whole steps where those are longer, so that nothing falls between two points. */
export const rateMsOf = ({ stepMs }: Pick<Window, 'stepMs'>): number => Math.max(shortestRateMs, stepMs)

/** One preset for one workload, on one cluster or on several. */
export async function measurePreset(
  asked: { readonly preset: AnyPreset; readonly spots: readonly Spot[]; readonly by: readonly string[] } & Span,
  { catalogue, words }: { readonly catalogue: Catalogue; readonly words: MeasureWords },
): Promise<Measured> {
  const { preset, spots, window } = asked
  const several = spots.length > 1
  const parts = await Promise.all(
    spots.map(async ({ source, subject }): Promise<Part> => {
      const found = await catalogue.existing(source, subject, window.to - window.from)
      if (!found.ok) return { ...nothing, problems: [found.problem] }
      const asking = { subject, shared: source.matchers, by: splitBy(preset, asked.by), rateMs: rateMsOf(window) }
      const prefix = several ? source.cluster : undefined
      return measureSpot({ preset, asking, existing: found.value, prefix }, { ...asked, source, words })
    }),
  )
  return together(preset.unit, parts)
}

/** Labels to split by: as asked, else as the preset is. */
export const splitBy = ({ by }: { readonly by?: readonly string[] }, asked: readonly string[]): readonly string[] =>
  asked.length > 0 ? asked : (by ?? [])

/** A query of somebody's own, the same on each cluster. */
export async function measureQuery(
  asked: { readonly query: PromQL; readonly sources: readonly Source[] } & Span,
): Promise<Measured> {
  const { query, sources } = asked
  const parts = await Promise.all(
    sources.map(async (source): Promise<Part> => {
      const prefix = sources.length > 1 ? source.cluster : undefined
      return measureTrace(
        { query },
        {
          ...asked,
          source,
          named: (found) => {
            const apart = namesApart(found)
            return ({ labels }) => nameOf([prefix, apart(labels)], source.cluster)
          },
        },
      )
    }),
  )
  return together('plain', parts)
}

type Part = Pick<Measured, 'series' | 'lines' | 'shadows' | 'problems'>
const nothing: Part = { series: [], lines: [], shadows: [], problems: [] }

function together(unit: Unit, parts: readonly Part[]): Measured {
  const { series, unshown } = foremost(parts.flatMap((part) => part.series))
  const shown = new Set(series.map(({ name }) => name))
  const problems = new Map(parts.flatMap((part) => part.problems).map((problem) => [JSON.stringify(problem), problem]))
  return {
    unit,
    series,
    unshown,
    // Limits of several clusters in one picture would not say whose they are.
    lines: parts.length === 1 ? parts.flatMap(({ lines }) => lines) : [],
    shadows: parts.flatMap(({ shadows }) => shadows).filter(({ name }) => shown.has(name)),
    problems: [...problems.values()],
  }
}

async function measureSpot(
  {
    preset,
    asking,
    existing,
    prefix,
  }: {
    readonly preset: AnyPreset
    readonly asking: Asking
    readonly existing: Existing
    readonly prefix: string | undefined
  },
  at: Span & { readonly source: Source; readonly words: MeasureWords },
): Promise<Part> {
  const { source, words } = at
  const way = wayOf(preset, existing)
  if (!way) {
    const problem = { code: 'metrics_preset_empty', cluster: source.cluster, preset: preset.name } as const
    return { ...nothing, problems: [problem] }
  }
  const { subject, by } = asking
  const traces = way.traces(asking).map((trace) =>
    measureTrace(trace, {
      ...at,
      named:
        () =>
        ({ labels }) =>
          nameOf([prefix, trace.name && words.traces[trace.name], splitOf(labels, by)], subject.name),
    }),
  )
  const bounds = 'bounds' in preset && (by.length === 0 || by.join() === 'pod') ? preset.bounds : []
  const lines = bounds
    .filter(({ needs }) => existing.has(needs.metric))
    .map((bound) => measureBound(bound, { ...at, asking }))
  const parts = await Promise.all([...traces, ...lines])
  return {
    series: parts.flatMap(({ series }) => series),
    lines: parts.flatMap((part) => part.lines),
    shadows: parts.flatMap(({ shadows }) => shadows),
    problems: parts.flatMap(({ problems }) => problems),
  }
}

async function measureTrace(
  { query }: Pick<Trace, 'query'>,
  {
    source,
    window,
    compareMs,
    named,
  }: Span & {
    readonly source: Source
    readonly named: (found: readonly Found[]) => (one: Found) => string
  },
): Promise<Part> {
  const before = compareMs === undefined ? undefined : earlier(window, compareMs)
  const [now, then] = await Promise.all([
    source.range(query, window),
    before === undefined ? none : source.range(query, before),
  ])
  const shift = before === undefined ? 0 : window.from - before.from
  return {
    ...nothing,
    series: now.ok ? asSeries(now.value, named(now.value), 0) : [],
    shadows: then.ok ? asSeries(then.value, named(then.value), shift) : [],
    problems: [now, then].flatMap((result) => (result.ok ? [] : [result.problem])),
  }
}

const none: Result<readonly Found[]> = { ok: true, value: [] }

const asSeries = (found: readonly Found[], name: (one: Found) => string, shift: number): readonly Series[] =>
  found.map((one) => ({
    name: name(one),
    labels: one.labels,
    points: shift === 0 ? one.points : one.points.map(([at, value]): Point => [at + shift, value]),
  }))

async function measureBound(
  bound: Bound,
  {
    source,
    window,
    words,
    asking,
  }: Span & {
    readonly source: Source
    readonly words: MeasureWords
    readonly asking: Asking
  },
): Promise<Part> {
  const found = await source.range(bound.query(asking), window)
  if (!found.ok) return { ...nothing, problems: [found.problem] }
  const lines = found.value.map(({ points }): Line => ({ kind: bound.kind, label: words.bounds[bound.kind], points }))
  return { ...nothing, lines }
}
