import type { Chart, Mark, Panel } from '../metrics/chart.ts'
import type { Measured } from '../metrics/measured.ts'
import type { PresetName } from '../metrics/presets.ts'
import type { Window } from '../metrics/window.ts'
import { formatDuration } from '../time/durations.ts'
import { say } from './problem.ts'
import type { Texts } from './texts/en.ts'

/** What was measured of one workload or one query, ready to be shown. */
export interface Shown {
  /** `shop/web`, or the query; foreign text. */
  readonly what: string
  readonly clusters: readonly string[]
  readonly panels: readonly { readonly of: PresetName | 'query'; readonly measured: Measured }[]
  readonly window: Window
  readonly compareMs: number | undefined
  readonly marks: readonly Mark[]
  /** IANA; one that exists. */
  readonly zone: string
}

/** E.g. `shop/web on prod`. */
export const titleOf = ({ what, clusters }: Pick<Shown, 'what' | 'clusters'>, { metrics }: Texts): string =>
  metrics.title(what, clusters)

/** The range and the step in words. */
export const asideOf = ({ window }: Pick<Shown, 'window'>, { metrics }: Texts): string =>
  metrics.range(formatDuration(window.to - window.from), formatDuration(window.stepMs))

export const nameOfPanel = (of: PresetName | 'query', { metrics }: Texts): string =>
  of === 'query' ? metrics.query : metrics.presets[of]

/** What was measured as a picture to draw, in the words of its reader. */
export function metricsChart(shown: Shown, texts: Texts): Chart {
  const { window, compareMs, marks, zone } = shown
  const { metrics } = texts
  return {
    title: titleOf(shown, texts),
    aside: asideOf(shown, texts),
    panels: shown.panels.map(({ of, measured }): Panel => {
      const [trouble] = measured.series.length === 0 ? measured.problems : []
      const { unit, series, unshown, lines, shadows } = measured
      return {
        title: nameOfPanel(of, texts),
        unit,
        series,
        unshown,
        lines,
        shadows,
        ...(trouble === undefined ? {} : { trouble: say(trouble, texts.problems).sentence }),
      }
    }),
    range: { from: window.from, to: window.to },
    stepMs: window.stepMs,
    marks,
    ...(compareMs === undefined ? {} : { shadowLabel: metrics.earlier(formatDuration(compareMs)) }),
    zone,
    language: metrics.language(),
    words: metrics.chart,
  }
}
