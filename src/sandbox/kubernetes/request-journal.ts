/** What the API server's own audit log would show of one request. */
export interface JournalEntry {
  readonly method: string
  /** With query. */
  readonly url: string
  /** Whose credential it was. */
  readonly by: string
  /** As whom it was carried out. */
  readonly user: string
  readonly groups: readonly string[]
  readonly contentType: string
  readonly body: string
  readonly code: number
}

/** The last requests, newest last. */
export function createRequestJournal(limit: number) {
  let entries: JournalEntry[] = []
  return {
    add: (entry: JournalEntry) => {
      entries.push(entry)
      if (entries.length >= limit * 2) entries = entries.slice(-limit)
    },
    entries: (): readonly JournalEntry[] => entries.slice(-limit),
    clear: () => {
      entries = []
    },
  }
}
