import { LRUCache } from 'lru-cache'
import type { Clock } from '../time/clock.ts'
import type { Spot } from './asking.ts'
import type { Metric, Preset, Way } from './preset.ts'
import { presets } from './presets.ts'
import type { Result } from './problems.ts'
import { braces, literally } from './promql.ts'
import type { Source } from './source.ts'
import { matchersOf } from './subject.ts'
import type { Belonging, Subject } from './subject.ts'

/** Names of the metrics that exist for one workload. */
export type Existing = ReadonlySet<string>

/** What is scraped of which workload, looked up when it is first asked for and kept for a while. */
export interface Catalogue {
  existing(source: Source, subject: Subject, rangeMs: number): Promise<Result<Existing>>
}

const keptMs = 300_000
const dayMs = 86_400_000

interface Entry {
  readonly until: number
  readonly found: Promise<Result<Existing>>
}

export function createCatalogue({ clock }: { readonly clock: Clock }): Catalogue {
  const entries = new LRUCache<string, Entry>({ max: 500 })
  return {
    existing: async (source, subject, rangeMs) => {
      const backMs = Math.max(dayMs, rangeMs)
      const key = JSON.stringify([source.cluster, subject.namespace, subject.kind, subject.name, backMs])
      const known = entries.get(key)
      if (known && known.until > clock.now()) return known.found
      const found = source.names(selectorsFor(source, subject), clock.now() - backMs)
      entries.set(key, { until: clock.now() + keptMs, found })
      const result = await found
      // What does not exist may begin to any moment, and a fault is none of the workload's.
      if (!result.ok || result.value.size === 0) entries.delete(key)
      return result
    },
  }
}

/** One selector for all metrics that belong to the workload in the same way. */
function selectorsFor({ matchers }: Source, subject: Subject): readonly string[] {
  const names = new Map<Belonging, Set<string>>()
  for (const { metric, of } of metricsOf(presets)) names.set(of, (names.get(of) ?? new Set<string>()).add(metric))
  return [...names].map(([belonging, metrics]) =>
    braces([
      { label: '__name__', is: '=~', value: [...metrics].map(literally).join('|') },
      ...matchersOf(subject, belonging),
      ...matchers,
    ]),
  )
}

function metricsOf(all: readonly Preset[]): readonly Metric[] {
  return all.flatMap(({ ways, bounds = [] }) => [
    ...ways.flatMap(({ needs }): readonly Metric[] => needs),
    ...bounds.map(({ needs }) => needs),
  ])
}

/** What exists of a workload for one preset, and the way to its numbers. */
export interface FoundWay {
  readonly way: Way
  readonly existing: Existing
}

/** The way to a preset's numbers at one spot; that there is none is a problem. */
export async function findWay(
  { source, subject }: Spot,
  { preset, rangeMs, catalogue }: { readonly preset: Preset; readonly rangeMs: number; readonly catalogue: Catalogue },
): Promise<Result<FoundWay>> {
  const { cluster } = source
  const found = await catalogue.existing(source, subject, rangeMs)
  if (!found.ok) return found
  const way = wayOf(preset, found.value)
  return way
    ? { ok: true, value: { way, existing: found.value } }
    : { ok: false, problem: { code: 'metrics_preset_empty', cluster, preset: preset.name } }
}

/** The way to a preset's numbers where these metrics exist. */
export function wayOf({ ways }: Preset, existing: Existing): Way | undefined {
  return ways.find(({ needs }) => needs.every(({ metric }) => existing.has(metric)))
}
