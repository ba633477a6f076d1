import { sizeOf } from './entry.ts'
import type { Entry } from './entry.ts'
import { byKey } from './streams.ts'

/** The newest entries of any number of containers, in bounded memory. */
export interface Newest {
  /** Whether an entry of that key can still be among them. */
  wants(key: string): boolean
  /** `key` is the stamp that it is put in order by. */
  add(one: KeyedEntry): void
  /** In order of time, those of one container in the order in which they were added. */
  take(): readonly KeyedEntry[]
  /** Fewer than asked for were kept, because they are large. */
  isShort(): boolean
}

export interface KeyedEntry {
  readonly key: string
  readonly entry: Entry
}

export interface NewestLimits {
  readonly entries: number
  /** Of their texts, in all; half as much again is held at times. */
  readonly characters: number
}

export function createNewest({ entries, characters }: NewestLimits): Newest {
  let kept: KeyedEntry[] = []
  let size = 0
  let floor = ''
  let short = false

  const trim = (): void => {
    kept.sort(byKey)
    let from = Math.max(0, kept.length - entries)
    for (const { entry } of kept.slice(0, from)) size -= sizeOf(entry)
    for (let one = kept[from]; one !== undefined && size > characters && from < kept.length - 1; one = kept[from]) {
      short = true
      size -= sizeOf(one.entry)
      from += 1
    }
    if (from > 0) kept = kept.slice(from)
    if (from > 0 || kept.length === entries) floor = kept[0]?.key ?? floor
  }

  return {
    wants: (key) => key >= floor,
    add: (one) => {
      if (one.key < floor) return
      kept.push(one)
      size += sizeOf(one.entry)
      if (kept.length >= 2 * entries || size > 1.5 * characters) trim()
    },
    take: () => {
      trim()
      return kept
    },
    isShort: () => short,
  }
}
