/** The newest `limit` of what happened; older ones are forgotten. */
export interface Bounded<Entry> {
  add(entry: Entry): void
  all(): readonly Entry[]
  clear(): void
}

export function createBounded<Entry>(limit: number, added: () => void = () => {}): Bounded<Entry> {
  let entries: Entry[] = []
  return {
    add: (entry) => {
      entries.push(entry)
      if (entries.length >= limit * 2) entries = entries.slice(-limit)
      added()
    },
    all: () => entries.slice(-limit),
    clear: () => {
      entries = []
    },
  }
}
