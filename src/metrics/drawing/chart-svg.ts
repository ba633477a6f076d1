import type { Chart, Panel } from '../chart.ts'
import type { Frame } from './panel.ts'
import { scaleLinear } from 'd3-scale'
import { mostSeries } from '../naming.ts'
import { pictureHead } from './heads.ts'
import { fontFamily, margin, plotHeight as plotHeightOf, sizes, width } from './layout.ts'
import { placeMarks } from './marks.ts'
import { ground, text } from './palette.ts'
import { drawPanel, footHeight, panelHeight } from './panel.ts'
import { label, px, widthOf } from './text.ts'
import { timeTicks } from './time-axis.ts'
import { valueAxis } from './value-axis.ts'

const between = 14

/**
 * One picture, `width` wide and as tall as its panels need. The same chart always makes the same text. Foreign words in it are escaped;
 * characters that the font lacks are the painter's to replace.
 */
export function drawChart(chart: Chart): string {
  const { range, marks } = chart
  const panels = chart.panels.map(thinned)
  const plotHeight = plotHeightOf(panels.length)
  const axes = panels.map((panel) => valueAxis(panel, plotHeight > 200 ? 5 : plotHeight > 120 ? 4 : 3))
  const gutter = Math.max(...axes.flatMap(({ ticks }) => ticks.map((tick) => widthOf(tick.text, sizes.axis))), 20)
  const left = margin + gutter + 8
  const right = width - margin
  const x = scaleLinear([range.from, range.to], [left, right])
  const placed = placeMarks(
    marks.filter(({ at }) => at >= range.from && at <= range.to),
    (at) => x(at),
  )
  const frame: Omit<Frame, 'flags' | 'foot'> = {
    chart,
    left,
    right,
    x: (at) => x(at),
    plotHeight,
    times: timeTicks(range, chart, 6),
    marks: placed,
  }
  const parts: string[] = []
  const head = pictureHead(chart)
  let top = head.height
  panels.forEach((panel, index) => {
    const axis = axes[index]
    if (axis === undefined) return
    const named = panels.length < manyPanels || index === panels.length - 1
    const own = { ...frame, flags: index === 0 ? placed : [], foot: named ? footHeight : bareFoot }
    parts.push(drawPanel(panel, axis, { ...own, top }))
    top += panelHeight(panel, axis, own) + between
  })
  const footer = shadowNote(chart, top)
  const height = Math.ceil(top + footer.height)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${fontFamily}">`,
    `<rect width="${width}" height="${height}" rx="14" fill="${ground}"/>`,
    head.draw(0),
    ...parts,
    footer.text,
    '</svg>',
  ].join('\n')
}

/** From so many on the times stand under the last one only: all share them. */
const manyPanels = 3
const bareFoot = 8

/** More lines nobody tells apart; the rest is counted. */
function thinned(panel: Panel): Panel {
  const series = panel.series.slice(0, mostSeries)
  return {
    ...panel,
    series,
    unshown: panel.unshown + panel.series.length - series.length,
    shadows: panel.shadows.filter((shadow) => series.some(({ name }) => name === shadow.name)),
  }
}

/** What the dotted lines are, once for all panels. */
function shadowNote({ panels, shadowLabel }: Chart, top: number): { readonly height: number; readonly text: string } {
  if (shadowLabel === undefined || panels.every(({ shadows }) => shadows.length === 0)) return { height: 4, text: '' }
  const y = top + 4
  const sample = `<path d="M${margin} ${px(y - 5)}h20" stroke="${text}" stroke-width="2" stroke-dasharray="2 3"/>`
  const words = label(shadowLabel, { x: margin + 28, y }, { size: sizes.small, colour: text })
  return { height: 22, text: sample + words }
}
