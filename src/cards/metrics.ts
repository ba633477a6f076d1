import type { Button, Menu, Message, Part, Rich } from '../chat/message.ts'
import type { Chart, Panel } from '../metrics/chart.ts'
import type { Readings } from '../metrics/instant.ts'
import { extentOf } from '../metrics/series.ts'
import { formatValue } from '../metrics/units.ts'
import { formatDuration } from '../time/durations.ts'
import { asideOf, metricsChart, nameOfPanel, titleOf } from './metrics-chart.ts'
import type { Shown } from './metrics-chart.ts'
import type { Texts } from './texts/en.ts'

/** What the card's buttons would type, without the verb; what is absent is not offered. */
export interface MetricsLinks {
  readonly refresh: string
  readonly wider?: { readonly range: string; readonly line: string }
  readonly narrower?: { readonly range: string; readonly line: string }
  readonly clusters: readonly { readonly cluster: string; readonly line: string }[]
  readonly presets: readonly { readonly of: keyof Texts['metrics']['presets'] | 'board'; readonly line: string }[]
}

/** Beside the numbers: what the asker should know of how they came about. */
export interface MetricsNotes {
  /** Sentences about what could not be had. */
  readonly troubles: readonly string[]
  /** The zone of the reader's profile, where there is none of that name. */
  readonly unknownZone?: string
}

const saidInFacts = 3
const saidInWords = 10
/** Slack takes no longer value of an option. */
const longestChoice = 75

/** The picture, its numbers in words, and where to go from here. `png` (base64) is absent where it could not be drawn. */
export function metricsCard(
  {
    shown,
    png,
    links,
    notes,
  }: {
    readonly shown: Shown
    readonly png: string | undefined
    readonly links: MetricsLinks
    readonly notes: MetricsNotes
  },
  texts: Texts,
): Message {
  const { metrics, shared } = texts
  const [title, aside] = [titleOf(shown, texts), asideOf(shown, texts)]
  const chart = metricsChart(shown, texts)
  const picture: Part[] =
    png === undefined ? [] : [{ kind: 'picture', name: `${fileName(shown)}.png`, about: aboutChart(chart, texts), png }]
  const facts = chart.panels.map((panel) => ({
    label: panel.title,
    value: panelWords(panel, { ...chart, most: saidInFacts }, texts),
  }))
  return {
    summary: `${title}${shared.colon}${aside}`,
    tone: 'neutral',
    parts: [
      { kind: 'title', text: title, aside },
      ...(chart.panels.length === 0 ? [{ kind: 'text' as const, text: [metrics.nothing] }] : picture),
      ...(facts.length === 0 ? [] : [{ kind: 'facts' as const, facts }]),
      ...noteParts([
        ...(png !== undefined || chart.panels.length === 0 ? [] : [metrics.noPicture]),
        ...troublesOf(notes),
        ...(notes.unknownZone === undefined ? [] : [warned(metrics.zoneUnknown(notes.unknownZone, shown.zone))]),
        ...(hasNothingEarlier(shown) ? [warned(metrics.noShadow(formatDuration(shown.compareMs)))] : []),
        ...(shown.marks.length === 0 ? [] : [metrics.marks(shown.marks.length)]),
      ]),
      { kind: 'buttons', buttons: buttonsOf(links, texts) },
    ],
  }
}

const mostRows = 30

/** The values of one moment. */
export function readingsCard(
  {
    what,
    clusters,
    readings,
    links,
    notes,
  }: Pick<Shown, 'what' | 'clusters'> & {
    readonly readings: readonly { readonly of: Shown['panels'][number]['of']; readonly found: Readings }[]
    readonly links: Pick<MetricsLinks, 'refresh'>
    readonly notes: Pick<MetricsNotes, 'troubles'>
  },
  texts: Texts,
): Message {
  const { metrics, shared } = texts
  const title = titleOf({ what, clusters }, texts)
  const rows = readings.flatMap(({ of, found }) =>
    found.readings.map(({ name, value }) => [
      nameOfPanel(of, texts),
      name,
      value === null ? metrics.chart.noData : formatValue(value, found.unit, metrics.chart),
    ]),
  )
  const { columns } = metrics
  const more = rows.length - mostRows
  return {
    summary: `${title}${shared.colon}${metrics.now}`,
    tone: 'neutral',
    parts: [
      { kind: 'title', text: title, aside: metrics.now },
      rows.length === 0
        ? { kind: 'text', text: [metrics.nothing] }
        : { kind: 'table', columns: [columns.what, columns.series, columns.value], rows: rows.slice(0, mostRows) },
      ...noteParts([...(more > 0 ? [metrics.moreRows(more)] : []), ...troublesOf(notes)]),
      { kind: 'buttons', buttons: [button(links.refresh, metrics.buttons.refresh)] },
    ],
  }
}

const fileName = ({ what, panels }: Shown): string =>
  `${what}-${panels.length === 1 ? (panels[0]?.of ?? '') : 'board'}`.replace(/[^\w.-]+/g, '-').slice(0, 60)

/** All that the picture shows, in words: for those who do not see it. */
export function aboutChart(chart: Chart, texts: Texts): string {
  const said = chart.panels.map(
    (panel) =>
      `${panel.title}${texts.shared.colon}${panelWords(panel, { ...chart, most: saidInWords }, texts).join('')}`,
  )
  return [texts.metrics.about(chart.title, chart.aside), ...said].join(' ')
}

function panelWords(
  { series, shadows, unit, unshown, lines, trouble }: Panel,
  { most, shadowLabel = '' }: Pick<Chart, 'shadowLabel'> & { readonly most: number },
  { metrics, shared }: Texts,
): string[] {
  const value = (number: number): string => formatValue(number, unit, metrics.chart)
  const seen = series.flatMap((one) => {
    const extent = extentOf(one)
    return extent ? [{ name: one.name, extent }] : []
  })
  if (seen.length === 0) return [trouble ?? metrics.chart.noData]
  const said = seen.slice(0, most).map(({ name, extent: { last, min, max } }) => {
    const shadow = shadows.find((one) => one.name === name)
    const before = shadow && extentOf(shadow)
    const earlier = before === undefined ? '' : metrics.saidEarlier(shadowLabel, value(before.last.value))
    return metrics.said(name, value(last.value), { min: value(min), max: value(max) }) + earlier
  })
  const held = lines.flatMap((line) => {
    const extent = extentOf(line)
    return extent ? [`${line.label} ${value(extent.last.value)}`] : []
  })
  const left = Math.max(0, seen.length - most) + unshown
  return [[...said, ...held, ...(left > 0 ? [metrics.chart.unshown(left)] : [])].join(shared.semicolon)]
}

const warned = (sentence: string): string => `⚠ ${sentence}`

const troublesOf = ({ troubles }: Pick<MetricsNotes, 'troubles'>): readonly string[] => troubles.slice(0, 4).map(warned)

/** A comparison was asked for and there is nothing to draw: pods of today did not exist a week ago. */
function hasNothingEarlier(shown: Shown): shown is Shown & { readonly compareMs: number } {
  const known = shown.panels.some(({ measured }) => measured.shadows.some((shadow) => extentOf(shadow) !== undefined))
  return shown.compareMs !== undefined && !known
}

const noteParts = (notes: readonly string[]): Part[] =>
  notes.map((note): Part => ({ kind: 'note', text: [note] satisfies Rich }))

const button = (value: string, label: string): Button => ({ action: 'metrics.show', value, label })

function buttonsOf(
  { refresh, wider, narrower, clusters, presets }: MetricsLinks,
  { metrics }: Texts,
): (Button | Menu)[] {
  const { buttons } = metrics
  const options = presets
    .filter(({ line }) => line.length <= longestChoice)
    .map(({ of, line }) => ({ label: of === 'board' ? buttons.board : metrics.presets[of], value: line }))
  return [
    button(refresh, buttons.refresh),
    ...(narrower === undefined ? [] : [button(narrower.line, buttons.narrower(narrower.range))]),
    ...(wider === undefined ? [] : [button(wider.line, buttons.wider(wider.range))]),
    ...clusters.map(({ cluster, line }) => button(line, buttons.cluster(cluster))),
    ...(options.length === 0 ? [] : [{ action: 'metrics.show', placeholder: buttons.preset, options }]),
  ]
}
