import type { Mark } from '../chart.ts'
import type { Plane } from './paths.ts'
import { margin, sizes, width } from './layout.ts'
import { flagGround, flagText, markColours } from './palette.ts'
import { fitted, label, px, widthOf } from './text.ts'

/** A mark with its place among the labels above the plots. */
export interface PlacedMark {
  readonly mark: Mark
  /** Its moment on the picture. */
  readonly x: number
  /** Undefined: there was no room to say what it is; its line stands there all the same. */
  readonly flag: Flag | undefined
}

interface Flag {
  readonly left: number
  readonly width: number
  /** Rows count from the plot up. */
  readonly lane: number
  readonly text: string
}

const laneHeight = 23
const lanes = 3
const longest = 150
const signWidth = 18

/** Labels that never cover each other: as many rows as are needed, at most three. The latest are named first. */
export function placeMarks(marks: readonly Mark[], x: (at: number) => number): readonly PlacedMark[] {
  const taken: Flag[] = []
  return [...marks]
    .sort((one, other) => other.at - one.at)
    .map((mark) => {
      const text = fitted(mark.text, sizes.mark, longest)
      const wide = signWidth + widthOf(text, sizes.mark) + 14
      const flag = placesOf(x(mark.at), wide)
        .map((place): Flag => ({ ...place, width: wide, text }))
        .find((place) => taken.every((other) => apart(place, other)))
      if (flag !== undefined) taken.push(flag)
      return { mark, x: x(mark.at), flag }
    })
}

/** Above its moment, to the left or to the right of it; row by row. */
function placesOf(x: number, wide: number): readonly Pick<Flag, 'left' | 'lane'>[] {
  const lefts = [x - wide / 2, x - wide + 12, x - 12]
  return Array.from({ length: lanes }, (_, lane) =>
    lefts.map((left) => ({ lane, left: Math.min(Math.max(left, margin), width - margin - wide) })),
  ).flat()
}

const apart = (one: Flag, other: Flag): boolean =>
  one.lane !== other.lane || one.left + one.width + 6 <= other.left || other.left + other.width + 6 <= one.left

export const lanesHeight = (marks: readonly PlacedMark[]): number =>
  marks.length === 0 ? 0 : 4 + laneHeight * (1 + Math.max(0, ...marks.map(({ flag }) => flag?.lane ?? 0)))

/** The labels, the first row nearest to the plot, whose top is at `bottom`. */
export function drawFlags(marks: readonly PlacedMark[], bottom: number): string {
  const topOf = (lane: number): number => bottom - 3 - laneHeight * (lane + 1)
  const stalks = marks.map(({ mark, x, flag }) => {
    const from = topOf(flag?.lane ?? 0) + (flag === undefined ? 8 : 20)
    return `<path d="M${px(x)} ${px(from)}V${px(bottom)}" stroke="${markColours[mark.kind]}" stroke-width="1.5" opacity="0.8"/>`
  })
  const flags = marks.map(({ mark, flag }) => {
    if (flag === undefined) return ''
    const { left, width: wide, lane, text } = flag
    const top = topOf(lane)
    return `<rect x="${px(left)}" y="${px(top)}" width="${px(wide)}" height="20" rx="10" fill="${flagGround}"/>${sign(mark.kind, left + 13, top + 10)}${label(text, { x: left + signWidth + 5, y: top + 14.5 }, { size: sizes.mark, colour: flagText })}`
  })
  return stalks.join('') + flags.join('')
}

/** The moments across one plot. */
export function drawMoments(marks: readonly PlacedMark[], { box }: Plane): string {
  return marks
    .map(
      ({ mark, x }) =>
        `<path d="M${px(x)} ${px(box.top)}V${px(box.bottom)}" stroke="${markColours[mark.kind]}" stroke-width="1.5" stroke-dasharray="4 3" opacity="0.8"/>`,
    )
    .join('')
}

function sign(kind: Mark['kind'], x: number, y: number): string {
  const at = (dx: number, dy: number) => `${px(x + dx)} ${px(y + dy)}`
  const fill = `fill="${markColours[kind]}"`
  switch (kind) {
    case 'deploy':
      return `<path d="M${at(0, -5)}L${at(5, 4)}L${at(-5, 4)}Z" ${fill}/>`
    case 'rollback':
      return `<path d="M${at(-5, 0)}L${at(4, -5)}L${at(4, 5)}Z" ${fill}/>`
    case 'scale':
      return `<path d="M${at(0, -6)}L${at(4.5, -1.2)}L${at(-4.5, -1.2)}ZM${at(0, 6)}L${at(4.5, 1.2)}L${at(-4.5, 1.2)}Z" ${fill}/>`
    case 'alert':
      return `<path d="M${at(-1.3, -6)}L${at(1.3, -6)}L${at(0.8, 1.6)}L${at(-0.8, 1.6)}Z" ${fill}/><circle cx="${px(x)}" cy="${px(y + 4.2)}" r="1.5" ${fill}/>`
    case 'restart':
      return `<path d="M${at(3.4, -2.6)}A4.3 4.3 0 1 0 ${at(4.3, 1)}" fill="none" stroke="${markColours[kind]}" stroke-width="1.8"/><path d="M${at(5.6, -5.2)}L${at(5.2, 0)}L${at(1, -2.6)}Z" ${fill}/>`
  }
}
