import type { Spot } from '../../command-line/problems.ts'

/** The typed line with a caret under what is meant. Wide characters are fixed-width only roughly; the spot is also named in words. */
export function caret({ line, at, length }: Spot): string {
  const from = Math.max(0, at - 60)
  const shown = line.slice(from, from + 120)
  return `${shown}\n${' '.repeat(at - from)}${'^'.repeat(Math.max(1, Math.min(length, shown.length - (at - from))))}`
}
