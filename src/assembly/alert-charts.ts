import type { ChartAsk, ChartOf, Charted } from '../alerts/enrichment/chart.ts'
import { comparisonIn } from '../alerts/enrichment/expression.ts'
import type { AlertExpression } from '../alerts/enrichment/expression.ts'
import { aboutChart } from '../cards/metrics.ts'
import type { Texts } from '../cards/texts/en.ts'
import type { TextsChoice } from '../cards/texts/choose.ts'
import type { Found } from '../metrics/answers.ts'
import type { Chart, Line } from '../metrics/chart.ts'
import { foremost, nameOf, namesApart } from '../metrics/naming.ts'
import { unitOfQuery } from '../metrics/query-unit.ts'
import { extentOf } from '../metrics/series.ts'
import type { Source } from '../metrics/source.ts'
import { windowOf } from '../metrics/window.ts'
import type { Window } from '../metrics/window.ts'
import { formatDuration } from '../time/durations.ts'

interface AlertChartsParts {
  /** By the name that the alert's labels give. */
  readonly source: (cluster: string) => Source | undefined
  /** A PNG in base64. */
  readonly draw: (chart: Chart) => Promise<string | undefined>
  readonly texts: Pick<TextsChoice, 'at'>
  /** IANA. */
  readonly zone: string
}

const none = (why: Extract<Charted, { kind: 'none' }>['why']): Charted => ({ kind: 'none', why })

/** What an alert measures, from its own link or from the rules of the cluster's source, with its threshold. */
export function createAlertCharts({ source, draw, texts, zone }: AlertChartsParts): ChartOf {
  return async (ask) => {
    const own = ask.cluster === undefined ? undefined : source(ask.cluster)
    if (!own) return none('no_source')
    const expression = ask.expression ?? (await expressionOf(ask, own))
    if (expression === 'away') return none('no_answer')
    if (expression === undefined) return none('no_expression')
    const windowed = windowOf({ to: ask.to, rangeMs: ask.to - ask.from, stepMs: undefined })
    if (!windowed.ok) return none('no_data')
    const window = endingAt(ask.to, windowed.window)
    const found = await own.range(expression.measured, window)
    if (!found.ok) return none(found.problem.code === 'metrics_refused' ? 'no_expression' : 'no_answer')
    const meant = found.value.filter((one) => isMeant(one, ask.labels) && extentOf(one) !== undefined)
    if (meant.length === 0) return none('no_data')
    const words = texts.at({ channel: ask.channel })
    const chart = chartOfAlert({ ask, expression, window, meant, zone }, words)
    const png = await draw(chart)
    if (png === undefined) throw new Error('the chart of an alert could not be drawn')
    const about = aboutChart(chart, words)
    return { kind: 'picture', picture: { kind: 'picture', name: 'alert.png', about, png } }
  }
}

/** What fires now may have begun after the last whole step. */
const endingAt = (to: number, window: Window): Window => ({ ...window, from: window.from + to - window.to, to })

/** As the source's own rules of that name say; several that say different things are no answer. */
async function expressionOf(
  { alertname, labels }: ChartAsk,
  source: Source,
): Promise<AlertExpression | 'away' | undefined> {
  if (alertname === undefined) return undefined
  const rules = await source.alertRules(alertname)
  if (!rules.ok) return 'away'
  const meant = rules.value.filter((rule) => agree(rule.labels, labels))
  const [query, ...others] = new Set((meant.length > 0 ? meant : rules.value).map((rule) => rule.query))
  return query === undefined || others.length > 0 ? undefined : comparisonIn(query)
}

/** Where a series has one of the alert's labels it has the same value: others of that expression fire by themselves. */
const isMeant = ({ labels }: Found, wanted: ChartAsk['labels']): boolean => agree(labels, wanted)

const agree = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean =>
  Object.entries(one).every(([label, value]) => label === '__name__' || (other[label] ?? value) === value)

function chartOfAlert(
  {
    ask,
    expression,
    window,
    meant,
    zone,
  }: {
    readonly ask: ChartAsk
    readonly expression: AlertExpression
    readonly window: Window
    readonly meant: readonly Found[]
    readonly zone: string
  },
  { metrics }: Texts,
): Chart {
  const { measured, threshold } = expression
  const { from, to, stepMs } = window
  const apart = namesApart(meant)
  const title = ask.alertname ?? measured
  const named = meant.map(({ labels, points }) => ({
    name: nameOf([apart(meant.length === 1 ? {} : labels)], title),
    labels,
    points,
  }))
  const lines: readonly Line[] =
    threshold === undefined
      ? []
      : [
          {
            kind: 'threshold',
            label: metrics.threshold,
            points: [
              [from, threshold],
              [to, threshold],
            ],
          },
        ]
  return {
    title,
    aside: metrics.range(formatDuration(to - from), formatDuration(stepMs)),
    panels: [{ title: measured, unit: unitOfQuery(measured), ...foremost(named), lines, shadows: [] }],
    range: { from, to },
    stepMs,
    marks: [{ at: ask.beganAt, kind: 'alert', text: metrics.began }],
    zone,
    language: metrics.language(),
    words: metrics.chart,
  }
}
