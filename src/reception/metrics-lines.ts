import type { MetricsLinks } from '../cards/metrics.ts'
import type { MetricsQuestion } from '../command-line/context.ts'
import { quote } from '../command-line/quote.ts'
import type { PresetName } from '../metrics/presets.ts'
import { longestRangeMs } from '../metrics/window.ts'
import { formatDuration } from '../time/durations.ts'

/** What a chart shows, with everything that was found out in its place. */
export interface Resolved {
  readonly question: MetricsQuestion
  readonly clusters: readonly string[]
  readonly rangeMs: number
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const ranges = [5 * minute, 15 * minute, hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day, 30 * day]

const mostOthers = 2

/** As lines without the verb: this chart again, and those beside it. */
export function metricsLinks(
  resolved: Resolved,
  others: { readonly clusters: readonly string[]; readonly presets: readonly PresetName[] },
): MetricsLinks {
  const { question, rangeMs } = resolved
  const wider = ranges.find((range) => range > rangeMs && range <= longestRangeMs)
  const narrower = ranges.findLast((range) => range < rangeMs)
  const at = (range: number) => ({
    range: formatDuration(range),
    line: lineOf({ ...resolved, question: { ...question, range, step: undefined } }),
  })
  const show = (preset: PresetName | undefined): string =>
    lineOf({ ...resolved, question: { ...question, preset, by: preset === undefined ? undefined : question.by } })
  const current = question.preset
  return {
    refresh: lineOf(resolved),
    ...(wider === undefined || question.now ? {} : { wider: at(wider) }),
    ...(narrower === undefined || question.now ? {} : { narrower: at(narrower) }),
    clusters: others.clusters
      .slice(0, mostOthers)
      .map((cluster) => ({ cluster, line: lineOf({ ...resolved, clusters: [cluster] }) })),
    presets:
      question.query !== undefined
        ? []
        : [
            ...(current === undefined ? [] : [{ of: 'board' as const, line: show(undefined) }]),
            ...others.presets.filter((name) => name !== current).map((of) => ({ of, line: show(of) })),
          ],
  }
}

function lineOf({ question, clusters }: Resolved): string {
  const { target, preset, query, range, step, compare, by, now } = question
  const { namespace, kind, name } = target
  const parts = [namespace, kind?.toLowerCase(), name].filter((part) => part !== undefined)
  const duration = (flag: string, ms: number | undefined): readonly string[] =>
    ms === undefined ? [] : [`--${flag} ${formatDuration(ms)}`]
  return [
    ...(query === undefined ? [`${clusters.join()}:${parts.join('/')}`] : []),
    ...(preset === undefined ? [] : [preset]),
    ...(query === undefined ? [] : [`--query ${quote(query)} --cluster ${clusters.join()}`]),
    ...duration('range', range),
    ...duration('step', step),
    ...duration('compare', compare),
    ...(by === undefined ? [] : [`--by ${by}`]),
    ...(now ? ['--now'] : []),
    ...(question.private ? ['--private'] : []),
  ].join(' ')
}
