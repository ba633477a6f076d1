import type { ChartWords, Panel } from '../chart.ts'
import type { Extent, Series } from '../series.ts'
import type { ValueAxis } from './value-axis.ts'
import { extentOf } from '../series.ts'
import { margin, sizes, width } from './layout.ts'
import { bright, faint, strokeOf, text } from './palette.ts'
import { fitted, label, px, widthOf } from './text.ts'

export interface Legend {
  readonly height: number
  readonly draw: (top: number) => string
}

const rowHeight = 22
const headHeight = 17
const gap = 14
const narrowGap = 10
const swatch = 24

interface Row {
  readonly series: Series
  readonly values: readonly string[]
}

/** Each series with its numbers, as a small table under its plot; a single one as one line. */
export function legend(panel: Panel, axis: ValueAxis, words: ChartWords): Legend {
  const { unshown } = panel
  const rows = panel.series.map((series): Row => ({ series, values: valuesOf(extentOf(series), axis, words) }))
  const [only] = rows
  if (only === undefined) return { height: 0, draw: () => '' }
  const numbers = [words.last, words.min, words.max].map(
    (head, column) =>
      widthOf(head, sizes.small) +
      widthOf(` ${only.values[column] ?? ''}`, sizes.legend) +
      (column === 0 ? 0 : narrowGap),
  )
  const left = width - 2 * margin - swatch - widthOf(shownName(only.series), sizes.legend) - 6
  if (rows.length === 1 && unshown === 0 && sum(numbers) <= left)
    return { height: rowHeight, draw: (top) => oneLine(only, words, top) }
  const height = headHeight + rowHeight * (rows.length + (unshown > 0 ? 1 : 0))
  return { height, draw: (top) => table(rows, words, { top, unshown }) }
}

function oneLine({ series, values }: Row, words: ChartWords, top: number): string {
  const y = top + 15
  const heads = [words.last, words.min, words.max]
  let right = width - margin
  const parts = [nameOf(series, 0, { y, room: width })]
  for (const column of [2, 1, 0]) {
    const value = values[column] ?? ''
    if (value === '') continue
    parts.push(
      label(value, { x: right, y }, { size: sizes.legend, colour: column === 0 ? bright : text, anchor: 'end' }),
    )
    right -= widthOf(`${value} `, sizes.legend)
    const head = heads[column] ?? ''
    parts.push(label(head, { x: right, y }, { size: sizes.small, colour: faint, anchor: 'end' }))
    right -= widthOf(head, sizes.small) + narrowGap
  }
  return parts.join('')
}

function table(
  rows: readonly Row[],
  words: ChartWords,
  { top, unshown }: { readonly top: number; readonly unshown: number },
): string {
  const heads = [words.last, words.min, words.max]
  const columns = heads.map((head, column) =>
    Math.max(widthOf(head, sizes.small), ...rows.map(({ values }) => widthOf(values[column] ?? '', sizes.legend))),
  )
  const rights = columns.map((_, column) =>
    columns.slice(column + 1).reduce((edge, one) => edge - one - gap, width - margin),
  )
  const room = (rights[0] ?? 0) - (columns[0] ?? 0) - gap - margin - swatch
  const rowY = (index: number): number => top + headHeight + rowHeight * index + 15
  const numbers = ({ values }: Row, y: number): string =>
    values
      .map((value, column) => {
        const colour = column === 0 ? bright : text
        return label(value, { x: rights[column] ?? 0, y }, { size: sizes.legend, colour, anchor: 'end' })
      })
      .join('')
  return [
    ...heads.map((head, column) =>
      label(head, { x: rights[column] ?? 0, y: top + 12 }, { size: sizes.small, colour: faint, anchor: 'end' }),
    ),
    ...rows.map((row, index) => nameOf(row.series, index, { y: rowY(index), room }) + numbers(row, rowY(index))),
    unshown > 0
      ? label(
          words.unshown(unshown),
          { x: margin + swatch, y: rowY(rows.length) },
          { size: sizes.small, colour: faint },
        )
      : '',
  ].join('')
}

function nameOf(series: Series, index: number, { y, room }: { readonly y: number; readonly room: number }): string {
  const { colour, dashes } = strokeOf(index)
  const look = dashes === '' ? 'stroke-linecap="round"' : `stroke-dasharray="${dashes === '7 4' ? '6 4' : '3 3'}"`
  const sample = `<path d="M${margin + 2} ${px(y - 5)}h14" stroke="${colour}" stroke-width="4" ${look}/>`
  const name = fitted(shownName(series), sizes.legend, room)
  return sample + label(name, { x: margin + swatch, y }, { size: sizes.legend, colour: text })
}

/** The font's dot is as wide as a Chinese character and needs no space beside it. */
const shownName = ({ name }: Series): string => name.replaceAll(' · ', '·')

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

function valuesOf(extent: Extent | undefined, axis: ValueAxis, words: ChartWords): readonly string[] {
  if (extent === undefined) return [words.noData, '', '']
  return [extent.last.value, extent.min, extent.max].map((value) => axis.write(value, words))
}
