/**
 * Durable state as versioned documents. Two implementations (embedded journal, PostgreSQL) pass one contract suite.
 * A room owns its collections and declares them beside its nouns; nobody else writes them.
 */
export interface Collection<Value> {
  readonly name: string
  /** Parses what was stored; throws on a shape it does not know. */
  readonly parse: (raw: unknown) => Value
  /** Look-up keys of a document; `list` finds by one of them. */
  readonly keys?: (value: Value) => readonly string[]
  /** When somebody must look at it again (epoch ms): deadlines, retries, reminders. Survives restarts. */
  readonly due?: (value: Value) => number | undefined
}

export interface Stored<Value> {
  readonly id: string
  /** Starts at 1 and rises by one with each write. */
  readonly version: number
  readonly value: Value
}

/** One condition and its effect; built by `put`, `remove` and `check`. `never`-typed values keep collections of any type in one list. */
export interface Change {
  readonly kind: 'put' | 'remove' | 'check'
  readonly collection: string
  readonly id: string
  /** The version that must be there: a number, none at all, or any. */
  readonly expect: number | 'absent' | 'any'
  /** JSON text of the value, its keys and its due time; present for `put`. */
  readonly body?: { readonly json: string; readonly keys: readonly string[]; readonly due: number | undefined }
  /** The whole commit is refused as `too_late` when the store's clock is past this (epoch ms). */
  readonly notAfter?: number
}

/** `collection` and `id` name the first change that did not hold. */
export type Commit =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'conflict' | 'too_late'; readonly collection: string; readonly id: string }

export interface Store {
  /** Epoch ms by the one clock that all deadlines are compared with (PostgreSQL: the database's). */
  now(): Promise<number>
  get<Value>(collection: Collection<Value>, id: string): Promise<Stored<Value> | undefined>
  /** Documents carrying `key` (all of the collection without it), by id, after `after`, at most `limit`. */
  list<Value>(
    collection: Collection<Value>,
    query: { readonly key?: string; readonly after?: string; readonly limit: number },
  ): Promise<readonly Stored<Value>[]>
  /** Documents whose due time is at or before `at`, earliest first. */
  due<Value>(
    collection: Collection<Value>,
    query: { readonly at: number; readonly limit: number },
  ): Promise<readonly Stored<Value>[]>
  /** Earliest due time in the collection, to set one timer by. */
  nextDue<Value>(collection: Collection<Value>): Promise<number | undefined>
  /** All changes or none; durable (synced to disk) when it resolves. */
  commit(changes: readonly Change[]): Promise<Commit>
  /** Called after every commit, by any replica, that touched the collection. Returns the end of listening. */
  watch(collection: { readonly name: string }, listener: () => void): () => void
  /** Throws when the store cannot take a write now; `/readyz` asks. */
  probe(): Promise<void>
  close(): Promise<void>
}

/** `expect` is the version that must stand there; `notAfter` is epoch ms by the store’s clock. */
export function put<Value>(
  collection: Collection<Value>,
  document: {
    readonly id: string
    readonly value: Value
    readonly expect: number | 'absent' | 'any'
    readonly notAfter?: number
  },
): Change {
  const { id, value, expect, notAfter } = document
  return {
    kind: 'put',
    collection: collection.name,
    id,
    expect,
    body: { json: JSON.stringify(value), keys: collection.keys?.(value) ?? [], due: collection.due?.(value) },
    ...(notAfter === undefined ? {} : { notAfter }),
  }
}

/** Removing what is not there does nothing, where `expect` is `any`. */
export function remove(collection: { readonly name: string }, id: string, expect: number | 'any'): Change {
  return { kind: 'remove', collection: collection.name, id, expect }
}

/** Holds the commit to a version of a document that it does not write. */
export function check(collection: { readonly name: string }, id: string, expect: number | 'absent'): Change {
  return { kind: 'check', collection: collection.name, id, expect }
}
