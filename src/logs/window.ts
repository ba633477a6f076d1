import { linesOf, wholeText } from './entry.ts'
import type { Entry } from './entry.ts'

/** An entry that was said once or more; `last` is how it came the last time. */
export interface Row {
  readonly last: Entry
  readonly count: number
  /** Containers that said it; counted up to 100. */
  readonly sources: number
}

/** The newest entries of a stream of any speed, in bounded memory. Identical ones are one row. */
export interface Window {
  add(entry: Entry): void
  /** The rows now, oldest first, and how many lines have passed unseen in all: pushed out before anybody could look. */
  look(): { readonly rows: readonly Row[]; readonly unseen: number }
}

interface Kept {
  last: Entry
  count: number
  fresh: number
  readonly sources: Set<string>
}

const mostSources = 100

export function createWindow({ size }: { readonly size: number }): Window {
  const rows = new Map<string, Kept>()
  let unseen = 0

  const trim = (): void => {
    for (const [key, { fresh }] of rows) {
      if (rows.size <= size) return
      rows.delete(key)
      unseen += fresh
    }
  }

  return {
    add: (entry) => {
      const key = wholeText(entry)
      const row = rows.get(key) ?? { last: entry, count: 0, fresh: 0, sources: new Set() }
      rows.delete(key)
      row.last = entry
      row.count += 1
      row.fresh += linesOf(entry)
      if (row.sources.size < mostSources) row.sources.add(`${entry.pod}/${entry.container}`)
      rows.set(key, row)
      trim()
    },
    look: () => {
      const shown = [...rows.values()].map((row): Row => {
        row.fresh = 0
        return { last: row.last, count: row.count, sources: row.sources.size }
      })
      return { rows: shown, unseen }
    },
  }
}
