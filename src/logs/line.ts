import { stripVTControlCharacters } from 'node:util'

/** A line as people see it: where it came from, when, and its text without colours and secrets. */
export interface ShownLine {
  readonly pod: string
  /** RFC 3339 with nanoseconds; texts of equal length in UTC compare as times do. */
  readonly stamp: string
  readonly text: string
}

/** One chat line; the whole file keeps more. */
const longest = 2_000

/** Control characters that are left after colours are gone, tabs aside. */
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

/** Takes colours, control characters and secrets out of a line. */
export function readable(text: string, mask: (text: string) => string): string {
  const plain = stripVTControlCharacters(text).replace(controls, '·')
  const masked = mask(plain)
  return masked.length > longest ? `${masked.slice(0, longest)}…` : masked
}

export const byTime = (a: ShownLine, b: ShownLine): number => (a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : 0)
