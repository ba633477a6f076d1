import type { ChartWords, Panel, Range } from '../chart.ts'
import type { Plane } from './paths.ts'
import { sizes } from './layout.ts'
import { faint, grid } from './palette.ts'
import { label, px, widthOf } from './text.ts'

/** Where no series of a panel has a number: from the last one before to the first one after (epoch ms). */
export function gapsOf({ series }: Pick<Panel, 'series'>, { from, to }: Range): readonly Range[] {
  const known = new Map<number, boolean>()
  for (const { points } of series)
    for (const [at, value] of points) known.set(at, (known.get(at) ?? false) || value !== null)
  const gaps: Range[] = []
  let last = from
  let empty = false
  for (const [at, filled] of [...known].sort(([one], [other]) => one - other)) {
    if (filled) {
      if (empty) gaps.push({ from: last, to: at })
      last = at
    }
    empty = !filled
  }
  if (empty || known.size === 0) gaps.push({ from: last, to })
  return gaps
}

/** A stretch without numbers is told apart from one of zeros. */
export function drawGaps(gaps: readonly Range[], { x, box }: Plane, words: ChartWords): string {
  return gaps
    .map(({ from, to }) => {
      const [left, right] = [x(from), x(to)]
      const wide = right - left
      if (wide < 12) return ''
      const ground = `<rect x="${px(left)}" y="${px(box.top)}" width="${px(wide)}" height="${px(box.bottom - box.top)}" fill="${grid}" opacity="0.45"/>`
      const fits = widthOf(words.noData, sizes.small) + 12 <= wide
      if (!fits) return ground
      const place = { x: (left + right) / 2, y: (box.top + box.bottom) / 2 + 5 }
      return ground + label(words.noData, place, { size: sizes.small, colour: faint, anchor: 'middle' })
    })
    .join('')
}
