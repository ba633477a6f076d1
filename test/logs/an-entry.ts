import type { Entry } from '../../src/logs/entry.ts'
import { levelOf } from '../../src/logs/level.ts'
import type { ShownLine } from '../../src/logs/line.ts'
import { stampAt } from '../../src/logs/line.ts'

export const noon = Date.UTC(2026, 0, 1, 12)

/** A line `ms` after noon. */
export const aLine = (text: string, { ms = 0, pod = 'web-1' }: { ms?: number; pod?: string } = {}): ShownLine => ({
  pod,
  container: 'app',
  stamp: stampAt(noon + ms),
  text,
})

export const anEntry = (text: string, at: { ms?: number; pod?: string; more?: readonly string[] } = {}): Entry => ({
  ...aLine(text, at),
  more: at.more ?? [],
  level: levelOf(text),
})
