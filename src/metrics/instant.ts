import type { Sample } from './answers.ts'
import { askingOf } from './asking.ts'
import type { Spot } from './asking.ts'
import { findWay } from './catalogue.ts'
import type { MeasureParts } from './measure.ts'
import { namesOfQuery, namesOfTrace } from './naming.ts'
import type { AnyPreset } from './presets.ts'
import type { MetricsProblem, Result } from './problems.ts'
import type { PromQL } from './promql.ts'
import { unitOfQuery } from './query-unit.ts'
import type { Labels, Unit } from './series.ts'
import type { Source } from './source.ts'

/** One value of one moment; `null` where the source says NaN or an infinity. */
export interface Reading {
  readonly name: string
  readonly value: number | null
}

export interface Readings {
  readonly unit: Unit
  /** Largest first, those without a value last. */
  readonly readings: readonly Reading[]
  readonly problems: readonly MetricsProblem[]
}

type Part = Pick<Readings, 'readings' | 'problems'>

/** One preset as it stands at `at` (epoch ms), on one cluster or on several. */
export async function readPreset(
  asked: {
    readonly preset: AnyPreset
    readonly spots: readonly Spot[]
    readonly by: readonly string[]
    readonly at: number
  },
  { catalogue, words }: MeasureParts,
): Promise<Readings> {
  const { preset, spots, at } = asked
  const parts = await Promise.all(
    spots.map(async (spot): Promise<readonly Part[]> => {
      const { source } = spot
      const found = await findWay(spot, { preset, rangeMs: 0, catalogue })
      if (!found.ok) return [{ readings: [], problems: [found.problem] }]
      const { way } = found.value
      const asking = askingOf(spot, { ...asked, stepMs: 0 })
      const prefix = spots.length > 1 ? source.cluster : undefined
      return Promise.all(
        way
          .traces(asking)
          .map(async ({ name, query }) =>
            partOf(await source.instant(query, at), () => namesOfTrace(asking, [prefix, name && words.traces[name]])),
          ),
      )
    }),
  )
  return together(preset.unit, parts.flat())
}

/** A query of somebody's own at `at`, epoch ms. */
export async function readQuery(asked: {
  readonly query: PromQL
  readonly sources: readonly Source[]
  readonly at: number
}): Promise<Readings> {
  const { query, sources, at } = asked
  const several = sources.length > 1
  const parts = await Promise.all(
    sources.map(async (source) =>
      partOf(await source.instant(query, at), namesOfQuery(source, several ? source.cluster : undefined)),
    ),
  )
  return together(unitOfQuery(query), parts)
}

function partOf(
  result: Result<readonly Sample[]>,
  named: (found: readonly Sample[]) => (labels: Labels) => string,
): Part {
  if (!result.ok) return { readings: [], problems: [result.problem] }
  const nameFor = named(result.value)
  return { readings: result.value.map(({ labels, value }) => ({ name: nameFor(labels), value })), problems: [] }
}

function together(unit: Unit, parts: readonly Part[]): Readings {
  const weight = ({ value }: Reading): number => value ?? Number.NEGATIVE_INFINITY
  const readings = parts
    .flatMap((part) => part.readings)
    .toSorted((a, b) => weight(b) - weight(a) || a.name.localeCompare(b.name))
  return { unit, readings, problems: parts.flatMap(({ problems }) => problems) }
}
