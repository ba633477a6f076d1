import type { ShownLine } from './line.ts'

/** What a follow shows at one moment. */
export interface Window {
  readonly lines: readonly ShownLine[]
  readonly total: number
  /** Lines that never stood in the window because newer ones pushed them out before it was shown. */
  readonly unseen: number
}

/** The newest lines of a stream of any speed, in bounded memory; what nobody could see is counted. */
export function createWindow({ size }: { readonly size: number }): {
  add(line: ShownLine): void
  /** The window now, and what has passed unseen since it was asked for the last time. */
  look(): Window
} {
  let lines: ShownLine[] = []
  let total = 0
  let unseen = 0
  let fresh = 0
  return {
    add(line) {
      lines.push(line)
      total += 1
      fresh += 1
      if (lines.length > 2 * size) lines = lines.slice(-size)
    },
    look() {
      unseen += Math.max(0, fresh - size)
      fresh = 0
      return { lines: lines.slice(-size), total, unseen }
    },
  }
}
