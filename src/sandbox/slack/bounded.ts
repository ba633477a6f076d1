/** The newest `limit` of what happened; older ones are forgotten. */
export interface Bounded<Entry> {
  readonly add: (entry: Entry) => void
  readonly all: () => readonly Entry[]
  readonly clear: () => void
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
