import type { Point } from '../series.ts'
import { px } from './text.ts'

/** Where a point of the chart is on the picture. */
export interface Plane {
  readonly x: (at: number) => number
  readonly y: (value: number) => number
  /** The plot's own box. */
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
}

type Known = readonly [at: number, value: number]

/** Runs of points with a number; a gap ends one. */
function runsOf(points: readonly Point[]): Known[][] {
  const runs: Known[][] = []
  let open = false
  for (const [at, value] of points) {
    if (value === null) {
      open = false
      continue
    }
    if (open) runs.at(-1)?.push([at, value])
    else runs.push([[at, value]])
    open = true
  }
  return runs
}

/** `straight` from point to point, or `steps` that hold a value until the next. */
export function linePath(points: readonly Point[], plane: Plane, how: 'straight' | 'steps'): string {
  return runsOf(points)
    .filter((run) => run.length > 1)
    .map((run) => `M${corners(run, plane, how)}`)
    .join('')
}

/** Between a line and 0, or the edge of the plot where 0 is out of sight. */
export function areaPath(points: readonly Point[], plane: Plane, how: 'straight' | 'steps'): string {
  const floor = px(Math.min(Math.max(plane.y(0), plane.box.top), plane.box.bottom))
  return runsOf(points)
    .filter((run) => run.length > 1)
    .map((run) => {
      const [first] = run[0] ?? [0]
      const [last] = run.at(-1) ?? [0]
      return `M${px(plane.x(first))} ${floor}L${corners(run, plane, how)}L${px(plane.x(last))} ${floor}Z`
    })
    .join('')
}

/** Points that stand alone between gaps: no line would show them. */
export function lonePoints(points: readonly Point[]): Known[] {
  return runsOf(points).flatMap((run) => (run.length === 1 ? run : []))
}

function corners(run: readonly Known[], { x, y }: Plane, how: 'straight' | 'steps'): string {
  let before: Known | undefined
  const drawn: string[] = []
  for (const point of run) {
    if (how === 'steps' && before !== undefined && before[1] !== point[1])
      drawn.push(`${px(x(point[0]))} ${px(y(before[1]))}`)
    drawn.push(`${px(x(point[0]))} ${px(y(point[1]))}`)
    before = point
  }
  return drawn.join('L')
}
