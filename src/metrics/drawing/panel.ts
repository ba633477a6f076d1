import type { Chart, Panel } from '../chart.ts'
import type { Plane } from './paths.ts'
import type { PlacedMark } from './marks.ts'
import type { TimeTick } from './time-axis.ts'
import type { ValueAxis } from './value-axis.ts'
import { scaleLinear } from 'd3-scale'
import { extentOf } from '../series.ts'
import { drawGaps, gapsOf } from './gaps.ts'
import { panelHead } from './heads.ts'
import { margin, sizes, width } from './layout.ts'
import { legend } from './legend.ts'
import { drawFlags, drawMoments, lanesHeight } from './marks.ts'
import { axis as axisColour, faint, grid, plotGround, strokeOf, text, trouble } from './palette.ts'
import { areaPath, linePath, lonePoints } from './paths.ts'
import { drawLines } from './reference-lines.ts'
import { label, px, widthOf, wrapped } from './text.ts'
import { largest } from './value-axis.ts'

/** What all panels of a picture share. */
export interface Frame {
  readonly chart: Chart
  /** Where the plots begin and end. */
  readonly left: number
  readonly right: number
  readonly x: (at: number) => number
  readonly plotHeight: number
  readonly times: readonly TimeTick[]
  readonly marks: readonly PlacedMark[]
  /** The marks that are named above this plot: those of the first one only. */
  readonly flags: readonly PlacedMark[]
  /** Room below this plot; with less than `footHeight` the times have no words there. */
  readonly foot: number
}

/** The words of times need so much. */
export const footHeight = 23
const outside = 1_000

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most)

export function panelHeight(panel: Panel, axis: ValueAxis, frame: Omit<Frame, 'x'>): number {
  const { chart, plotHeight, flags, foot } = frame
  const head = panelHead(panel, axis, chart.words).height
  return head + lanesHeight(flags) + plotHeight + foot + legend(panel, axis, chart.words).height
}

/** One plot with its title, axes, lines and legend, from `top` down. */
export function drawPanel(panel: Panel, axis: ValueAxis, frame: Frame & { readonly top: number }): string {
  const { chart, left, right, top, plotHeight, foot } = frame
  const head = panelHead(panel, axis, chart.words)
  const plotTop = top + head.height + lanesHeight(frame.flags)
  const box = { left, right, top: plotTop, bottom: plotTop + plotHeight }
  const y = scaleLinear([axis.from, axis.to], [box.bottom, box.top])
  const plane: Plane = {
    x: frame.x,
    // What is out of sight needs no exact place.
    y: (value) => within(y(within(value, -largest, largest)), box.top - outside, box.bottom + outside),
    box,
  }
  const empty = panel.series.every((series) => extentOf(series) === undefined)
  return [
    head.draw(top),
    drawFlags(frame.flags, plotTop),
    `<rect x="${px(left)}" y="${px(box.top)}" width="${px(right - left)}" height="${plotHeight}" rx="4" fill="${plotGround}"/>`,
    ...(empty ? [] : axis.ticks).map(({ value, text: words }) => valueTick(plane.y(value), words, plane)),
    ...frame.times.map((tick) => timeLine(tick, plane)),
    ...(foot < footHeight ? [] : frame.times).map((tick) => timeWords(tick, plane)),
    `<g clip-path="url(#plot-${px(top)})">`,
    empty ? '' : drawGaps(gapsOf(panel, chart.range), plane, chart.words),
    drawMoments(frame.marks, plane),
    ...panel.shadows.map((shadow) =>
      shadowOf(
        shadow.points,
        panel.series.findIndex(({ name }) => name === shadow.name),
        plane,
      ),
    ),
    ...[...panel.series.keys()].reverse().map((index) => seriesLine(panel, index, plane)),
    drawLines(panel, plane, { axis, words: chart.words }),
    '</g>',
    `<clipPath id="plot-${px(top)}"><rect x="${px(left)}" y="${px(box.top - 3)}" width="${px(right - left + 4)}" height="${plotHeight + 6}"/></clipPath>`,
    empty ? said(panel, plane, chart) : '',
    legend(panel, axis, chart.words).draw(box.bottom + foot),
  ].join('')
}

function valueTick(y: number, words: string, { box }: Plane): string {
  const line = `<path d="M${px(box.left)} ${px(y)}H${px(box.right)}" stroke="${grid}" stroke-width="1"/>`
  return line + label(words, { x: box.left - 8, y: y + 5 }, { size: sizes.axis, colour: faint, anchor: 'end' })
}

const timeLine = ({ at, day }: TimeTick, { x, box }: Plane): string =>
  `<path d="M${px(x(at))} ${px(box.top)}V${px(box.bottom + 4)}" stroke="${day ? axisColour : grid}" stroke-width="1"/>`

function timeWords({ at, text: words, day }: TimeTick, { x, box }: Plane): string {
  const half = widthOf(words, sizes.axis) / 2
  const middle = within(x(at), margin + half, width - margin + 6 - half)
  return label(
    words,
    { x: middle, y: box.bottom + 17 },
    { size: sizes.axis, colour: day ? text : faint, anchor: 'middle' },
  )
}

function seriesLine({ series, unit }: Panel, index: number, plane: Plane): string {
  const points = series[index]?.points ?? []
  const { colour, dashes } = strokeOf(index)
  const how = unit === 'count' ? 'steps' : 'straight'
  const area = series.length === 1 ? `<path d="${areaPath(points, plane, how)}" fill="${colour}" opacity="0.16"/>` : ''
  const dots = lonePoints(points).map(([at, value]) => dot(plane.x(at), plane.y(value), colour))
  const last = points.findLast(([, value]) => value !== null)
  const end = last === undefined || last[1] === null ? '' : dot(plane.x(last[0]), plane.y(last[1]), colour)
  const path = linePath(points, plane, how)
  const dashed = dashes === '' ? '' : ` stroke-dasharray="${dashes}"`
  const line = `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2.4" stroke-linejoin="round"${dashed}/>`
  return area + (path === '' ? '' : line) + dots.join('') + end
}

const dot = (x: number, y: number, colour: string): string =>
  `<circle cx="${px(x)}" cy="${px(y)}" r="3.4" fill="${colour}"/>`

function shadowOf(points: Panel['shadows'][number]['points'], index: number, plane: Plane): string {
  const { colour } = strokeOf(Math.max(index, 0))
  return `<path d="${linePath(points, plane, 'straight')}" fill="none" stroke="${colour}" stroke-width="1.8" stroke-dasharray="2 3" opacity="0.7"/>`
}

/** In the place of lines: that there are no numbers, or why. */
function said(panel: Panel, { box }: Plane, { words }: Chart): string {
  const middle = (box.left + box.right) / 2
  const lines =
    panel.trouble === undefined
      ? [words.noData]
      : wrapped(panel.trouble, sizes.aside, { width: box.right - box.left - 20, lines: 3 })
  const first = (box.top + box.bottom) / 2 + 5 - (lines.length - 1) * 10
  return lines
    .map((line, index) =>
      label(
        line,
        { x: middle, y: first + index * 20 },
        {
          size: panel.trouble === undefined ? sizes.panel : sizes.aside,
          colour: panel.trouble === undefined ? faint : trouble,
          anchor: 'middle',
          halo: plotGround,
        },
      ),
    )
    .join('')
}
