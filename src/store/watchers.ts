import type { StoreFinding } from './problems.ts'

/** Who wants to know of changes in which collection. */
export interface Watchers {
  add(collection: string, listener: () => void): () => void
  /** Calls the listeners of these collections; of all collections without them. */
  call(collections?: Iterable<string>): void
}

export function createWatchers(report: (finding: StoreFinding) => void): Watchers {
  const listeners = new Map<string, Set<{ readonly listener: () => void }>>()

  const callOne = (collection: string) => {
    // A copy: a listener may end its own listening.
    for (const { listener } of Array.from(listeners.get(collection) ?? [])) {
      try {
        listener()
      } catch (error) {
        report({
          code: 'store_listener_failed',
          collection,
          detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
        })
      }
    }
  }

  return {
    add: (collection, listener) => {
      const entry = { listener }
      const entries = listeners.get(collection) ?? new Set()
      listeners.set(collection, entries)
      entries.add(entry)
      return () => {
        entries.delete(entry)
        if (entries.size === 0 && listeners.get(collection) === entries) listeners.delete(collection)
      }
    },
    call: (collections = listeners.keys()) => {
      for (const collection of Array.from(collections)) callOne(collection)
    },
  }
}
