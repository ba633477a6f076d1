import type { Chart, ChartWords, Panel } from '../chart.ts'
import type { ValueAxis } from './value-axis.ts'
import { margin, sizes, width } from './layout.ts'
import { bright, faint, text } from './palette.ts'
import { fitted, label, widthOf, wrapped } from './text.ts'
import { zoneName } from './time-axis.ts'

/** Words above a picture or a plot, with the room that they take. */
export interface Head {
  readonly height: number
  readonly draw: (top: number) => string
}

const room = width - 2 * margin
const lineHeight = 19

/** What is shown; below it since when at the left and in whose time at the right. A long title, i.e. a query, takes several smaller lines. */
export function pictureHead(chart: Chart): Head {
  const fits = widthOf(chart.title, sizes.title) <= room
  const lines = fits ? [chart.title] : wrapped(chart.title, sizes.panel, { width: room, lines: 4 })
  const size = fits ? sizes.title : sizes.panel
  const below = 30 + lineHeight * (lines.length - 1) + 21
  const zone = zoneName(chart.range, chart)
  const aside = fitted(chart.aside, sizes.aside, room - widthOf(zone, sizes.aside) - 12)
  return {
    height: below + 17,
    draw: (top) =>
      [
        ...lines.map((line, index) =>
          label(line, { x: margin, y: top + 30 + lineHeight * index }, { size, colour: bright, weight: 'bold' }),
        ),
        label(aside, { x: margin, y: top + below }, { size: sizes.aside, colour: faint }),
        label(zone, { x: width - margin, y: top + below }, { size: sizes.aside, colour: faint, anchor: 'end' }),
      ].join(''),
  }
}

/** What one plot shows and what its axis counts; an expression in its place takes several smaller lines. */
export function panelHead({ title }: Panel, axis: ValueAxis, words: ChartWords): Head {
  const unit = axis.unit(words)
  const left = room - (unit === '' ? 0 : widthOf(unit, sizes.aside) + 9)
  const fits = widthOf(title, sizes.panel) <= left
  const size = fits ? sizes.panel : sizes.aside
  const lines = fits ? [title] : wrapped(title, size, { width: left, lines: 3 })
  const last = lines.at(-1) ?? ''
  const height = 30 + lineHeight * (lines.length - 1)
  return {
    height,
    draw: (top) =>
      [
        ...lines.map((line, index) =>
          label(
            line,
            { x: margin, y: top + 17 + lineHeight * index },
            fits ? { size, colour: bright, weight: 'bold' } : { size, colour: text },
          ),
        ),
        unit === ''
          ? ''
          : label(
              unit,
              { x: margin + widthOf(last, size) + 9, y: top + height - 13 },
              { size: sizes.aside, colour: faint },
            ),
      ].join(''),
  }
}
