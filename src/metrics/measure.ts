import { askingOf } from './asking.ts'
import type { Spot } from './asking.ts'
import { findWay } from './catalogue.ts'
import type { Catalogue } from './catalogue.ts'
import type { Line } from './chart.ts'
import { joined, measureQueryOn, nothing, together } from './measured.ts'
import type { Measured, Part, Span } from './measured.ts'
import { namesOfQuery, namesOfTrace } from './naming.ts'
import type { Asking, Bound, TraceName } from './preset.ts'
import type { AnyPreset } from './presets.ts'
import type { PromQL } from './promql.ts'
import { unitOfQuery } from './query-unit.ts'
import type { Source } from './source.ts'

/** The reader's words for lines. */
export interface MeasureWords {
  readonly traces: Readonly<Record<TraceName, string>>
  readonly bounds: Readonly<Record<Bound['kind'], string>>
}

/** What a preset is measured with. */
export interface MeasureParts {
  readonly catalogue: Catalogue
  readonly words: MeasureWords
}

/** One preset for one workload, on one cluster or on several. */
export async function measurePreset(
  asked: { readonly preset: AnyPreset; readonly spots: readonly Spot[]; readonly by: readonly string[] } & Span,
  parts: MeasureParts,
): Promise<Measured> {
  const { preset, spots } = asked
  const several = spots.length > 1
  const found = spots.map((spot) =>
    measureSpot(spot, { ...asked, ...parts, prefix: several ? spot.source.cluster : undefined }),
  )
  return together(preset.unit, await Promise.all(found))
}

/** A query of somebody's own, the same on each cluster. */
export async function measureQuery(
  asked: { readonly query: PromQL; readonly sources: readonly Source[] } & Span,
): Promise<Measured> {
  const { query, sources } = asked
  const several = sources.length > 1
  const found = sources.map((source) =>
    measureQueryOn(source, query, { ...asked, named: namesOfQuery(source, several ? source.cluster : undefined) }),
  )
  return together(unitOfQuery(query), await Promise.all(found))
}

async function measureSpot(
  spot: Spot,
  at: Span &
    MeasureParts & {
      readonly preset: AnyPreset
      readonly by: readonly string[]
      /** Tells its lines from those of other clusters. */
      readonly prefix: string | undefined
    },
): Promise<Part> {
  const { preset, window, catalogue, words, prefix } = at
  const { source } = spot
  const found = await findWay(spot, { preset, rangeMs: window.to - window.from, catalogue })
  if (!found.ok) return { ...nothing, problems: [found.problem] }
  const { way, existing } = found.value
  const asking = askingOf(spot, { ...at, stepMs: window.stepMs })
  const traces = way
    .traces(asking)
    .map(({ name, query }) =>
      measureQueryOn(source, query, { ...at, named: () => namesOfTrace(asking, [prefix, name && words.traces[name]]) }),
    )
  const bounds = 'bounds' in preset && (asking.by.length === 0 || asking.by.join() === 'pod') ? preset.bounds : []
  const lines = bounds
    .filter(({ needs }) => existing.has(needs.metric))
    .map((bound) => measureBound(bound, { ...at, source, asking }))
  return joined(await Promise.all([...traces, ...lines]))
}

async function measureBound(
  bound: Bound,
  { source, window, words, asking }: Span & MeasureParts & { readonly source: Source; readonly asking: Asking },
): Promise<Part> {
  const found = await source.range(bound.query(asking), window)
  if (!found.ok) return { ...nothing, problems: [found.problem] }
  const lines = found.value.map(({ points }): Line => ({ kind: bound.kind, label: words.bounds[bound.kind], points }))
  return { ...nothing, lines }
}
