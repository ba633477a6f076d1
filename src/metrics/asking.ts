import type { Asking } from './preset.ts'
import type { AnyPreset } from './presets.ts'
import type { Source } from './source.ts'
import type { Subject } from './subject.ts'

/** One workload on one cluster. */
export interface Spot {
  readonly source: Source
  readonly subject: Subject
}

const shortestRateMs = 300_000

/**
 * What a preset's queries for one spot are made from. A counter is looked at over five minutes, and over whole steps where those are longer, so
 * that nothing falls between two points. `by`: labels to split by; none: as the preset is.
 */
export function askingOf(
  { source, subject }: Spot,
  { preset, by, stepMs }: { readonly preset: AnyPreset; readonly by: readonly string[]; readonly stepMs: number },
): Asking {
  const usual = 'by' in preset ? preset.by : []
  return {
    subject,
    shared: source.matchers,
    by: by.length > 0 ? by : usual,
    rateMs: Math.max(shortestRateMs, stepMs),
  }
}
