import type { ChartWords, Line, Panel } from '../chart.ts'
import type { Plane } from './paths.ts'
import type { ValueAxis } from './value-axis.ts'
import type { Extent } from '../series.ts'
import { extentOf } from '../series.ts'
import { sizes } from './layout.ts'
import { linePath } from './paths.ts'
import { lineColours, plotGround } from './palette.ts'
import { fitted, label, widthOf } from './text.ts'

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const rise = 12
const fall = 4

/** Thresholds, requests and limits, each named in its colour where it covers least; those far above the data are named at the top. */
export function drawLines(
  panel: Panel,
  plane: Plane,
  { axis, words }: { readonly axis: ValueAxis; readonly words: ChartWords },
): string {
  const strokes: string[] = []
  const names: string[] = []
  const taken: Box[] = []
  const inSight = ({ value }: Extent['last']): boolean => value <= axis.to && value >= axis.from
  for (const line of panel.lines) {
    const extent = extentOf(line)
    if (extent === undefined) continue
    const { value } = extent.last
    const inside = inSight(extent.last)
    if (inside) strokes.push(stroke(line, plane))
    const text = fitted(
      `${line.label} ${axis.write(value, words)}${inside ? '' : ' ↑'}`,
      sizes.small,
      (plane.box.right - plane.box.left) * 0.7,
    )
    const others = panel.lines.filter((one) => one !== line)
    const drawn = [...pointsOn(panel.series, plane), ...others.flatMap((one) => strokePoints(one, plane))]
    const all = places(text, inside ? plane.y(value) : undefined, plane)
    const beside = all.filter((box) => !inside || stays(line, value, { box, plane }))
    const place = leastCovering(beside.length > 0 ? beside : all, drawn, taken)
    taken.push(place)
    names.push(
      label(
        text,
        { x: place.left, y: place.bottom - fall },
        {
          size: sizes.small,
          colour: lineColours[line.kind],
          halo: plotGround,
        },
      ),
    )
  }
  return strokes.join('') + names.join('')
}

function stroke(line: Line, plane: Plane): string {
  const dashes = line.kind === 'request' ? '2 4' : '9 5'
  return `<path d="${linePath(line.points, plane, 'steps')}" fill="none" stroke="${lineColours[line.kind]}" stroke-width="2" stroke-dasharray="${dashes}"/>`
}

/** Where a name may stand, best first: at the right end, at the left one, between; above its line, below it. */
function places(text: string, lineY: number | undefined, { box }: Plane): readonly Box[] {
  const wide = widthOf(text, sizes.small)
  const lefts = [1, 0, 0.5, 0.75, 0.25].map((share) => box.left + 8 + share * (box.right - box.left - 16 - wide))
  const baselines =
    lineY === undefined
      ? [0, 1, 2].map((row) => box.top + 15 + 17 * row)
      : [lineY - 6, lineY + 15].filter((y) => y - rise >= box.top && y + fall <= box.bottom)
  const rows = baselines.length === 0 ? [box.top + 15] : baselines
  return rows.flatMap((y) => lefts.map((left) => ({ left, right: left + wide, top: y - rise, bottom: y + fall })))
}

/** Where a line was elsewhere its name, which says what it is now, would stand at another line's height. */
function stays({ points }: Line, value: number, { box, plane }: { readonly box: Box; readonly plane: Plane }): boolean {
  return points.every(([at, one], index) => {
    const until = points[index + 1]?.[0]
    const there = plane.x(at) <= box.right && (until === undefined || plane.x(until) >= box.left)
    return !there || one === null || one === value
  })
}

function leastCovering(
  boxes: readonly Box[],
  data: readonly (readonly [number, number])[],
  taken: readonly Box[],
): Box {
  const cost = (box: Box): number => {
    const names = taken.filter(
      (other) =>
        box.left < other.right + 8 && other.left < box.right + 8 && box.top < other.bottom && other.top < box.bottom,
    )
    const covered = data.filter(([x, y]) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)
    return names.length * 10_000 + covered.length
  }
  let best = boxes[0] ?? { left: 0, right: 0, top: 0, bottom: 0 }
  let least = Number.POSITIVE_INFINITY
  for (const box of boxes) {
    const now = cost(box)
    if (now >= least) continue
    best = box
    least = now
  }
  return best
}

/** What another line's stroke covers: a name upon it would look like its own. */
function strokePoints({ points }: Line, { x, y, box }: Plane): readonly (readonly [number, number])[] {
  return points.flatMap(([at, value], index) => {
    if (value === null) return []
    const until = points[index + 1]?.[0]
    const [from, to] = [x(at), until === undefined ? box.right : x(until)]
    const count = Math.max(1, Math.ceil((to - from) / 4))
    return Array.from({ length: count }, (_, step) => [from + ((to - from) * step) / count, y(value)] as const)
  })
}

function pointsOn(series: Panel['series'], plane: Plane): readonly (readonly [number, number])[] {
  return series.flatMap(({ points }) =>
    points.flatMap(([at, value]) => (value === null ? [] : [[plane.x(at), plane.y(value)] as const])),
  )
}
