import type { JsonObject } from '../../json.ts'
import type { Resource } from './resources.ts'

export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly resource: Resource
  /** As it is after the change; a deleted one carries the version of its deletion. */
  readonly object: JsonObject
  readonly previous?: JsonObject
  readonly version: number
}

/** The last changes of one kind, from which watches resume. Older ones are forgotten: 410. */
export interface WatchHistory {
  add(change: Change): void
  /** Changes after that version, oldest first; undefined when some of them are forgotten. */
  since(version: number): readonly Change[] | undefined
  forget(): void
}

export function createWatchHistory(limit: number): WatchHistory {
  let changes: Change[] = []
  let forgotten = 0
  return {
    add: (change) => {
      changes.push(change)
      // Trimmed in batches, so that a full ring does not move all its members on every change.
      if (changes.length < limit * 2) return
      const kept = changes.slice(-limit)
      forgotten = changes[changes.length - limit - 1]?.version ?? forgotten
      changes = kept
    },
    since: (version) => (version < forgotten ? undefined : changes.filter((change) => change.version > version)),
    forget: () => {
      forgotten = changes.at(-1)?.version ?? forgotten
      changes = []
    },
  }
}
