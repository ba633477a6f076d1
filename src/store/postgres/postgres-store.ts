import { z } from 'zod'
import type { Database, Row as DatabaseRow } from './database.ts'
import { migrate } from './database.ts'
import { checkChanges, readRow } from '../commit-rules.ts'
import type { StoreFinding } from '../problems.ts'
import { StoreError } from '../problems.ts'
import type { Change, Commit, Store } from '../store.ts'
import { createWatchers } from '../watchers.ts'
import { isStaleConnection, storeErrorOf } from './database-errors.ts'
import { storeMigrations } from './schema.ts'

export interface PostgresStoreOptions {
  /** Stays open when the store is closed: the audit trail may use it too. */
  readonly database: Database
  /** Told of what happens without a caller to tell. */
  readonly report?: (finding: StoreFinding) => void
}

const Document = z.object({ id: z.string(), version: z.int(), json: z.string() })
const Refusal = z.object({ reason: z.enum(['conflict', 'too_late']), collection: z.string(), id: z.string() })
const Moment = z.object({ at: z.number().nullable() })

const mostStale = 12

const documentColumns = 'd.id, d.version, d.json'

/**
 * The store in PostgreSQL, shared by replicas; its clock is the database's. Listening begins with the first `watch`; a
 * listener may also be called without a commit, after an interruption.
 */
export async function openPostgresStore({ database, report = () => undefined }: PostgresStoreOptions): Promise<Store> {
  const newer = await migrate(database, storeMigrations).catch((error: unknown) => {
    throw storeErrorOf(error, 'read')
  })
  if (newer !== undefined) {
    throw new StoreError({
      code: 'store_newer',
      file: `schema ${database.schema}`,
      found: newer.newer,
      known: storeMigrations.steps.length,
    })
  }
  const watchers = createWatchers(report)
  let closed = false
  let stopListening: (() => Promise<void>) | undefined

  const mustBeOpen = () => {
    if (closed) throw new StoreError({ code: 'store_closed' })
  }

  /** After a restart of PostgreSQL a read may meet as many dead connections as the pool kept. */
  const read = async (text: string, values: readonly unknown[]): Promise<readonly DatabaseRow[]> => {
    mustBeOpen()
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await database.query(text, values)
      } catch (error) {
        if (attempt > mostStale || !isStaleConnection(error)) throw storeErrorOf(error, 'read')
      }
    }
  }

  const listenOnce = () => {
    stopListening ??= database.listen(`readback_${database.schema}`, {
      heard: (collection) => watchers.call([collection]),
      connected: () => watchers.call(),
      lost: (detail) => report({ code: 'store_watch_interrupted', detail }),
    })
  }

  const commit = async (changes: readonly Change[]): Promise<Commit> => {
    mustBeOpen()
    checkChanges(changes)
    const rows = await database
      .query('select reason, collection, id from commit_changes($1::json)', [JSON.stringify(changes.map(wire))])
      .catch((error: unknown) => {
        throw storeErrorOf(error, 'commit')
      })
    const refusal = rows[0]
    return refusal === undefined ? { ok: true } : { ok: false, ...Refusal.parse(refusal) }
  }

  return {
    now: async () => momentOf(await read('select now_ms() as at', [])) ?? 0,
    get: async (collection, id) => {
      const [row] = await read(`select ${documentColumns} from documents d where d.collection = $1 and d.id = $2`, [
        collection.name,
        id,
      ])
      return row === undefined ? undefined : readRow(collection, Document.parse(row))
    },
    list: async (collection, { key, after, limit }) => {
      const rows =
        key === undefined
          ? await read(
              `select ${documentColumns} from documents d
               where d.collection = $1 and ($2::text is null or d.id > $2) order by d.id limit $3`,
              [collection.name, after, limit],
            )
          : await read(
              `select ${documentColumns} from document_keys k join documents d on d.collection = k.collection and d.id = k.id
               where k.collection = $1 and k.key = $4 and ($2::text is null or k.id > $2) order by k.id limit $3`,
              [collection.name, after, limit, key],
            )
      return rows.map((row) => readRow(collection, Document.parse(row)))
    },
    due: async (collection, { at, limit }) => {
      const rows = await read(
        `select ${documentColumns} from documents d where d.collection = $1 and d.due <= $2 order by d.due, d.id limit $3`,
        [collection.name, at, limit],
      )
      return rows.map((row) => readRow(collection, Document.parse(row)))
    },
    nextDue: async (collection) =>
      momentOf(
        await read('select min(due) as at from documents where collection = $1 and due is not null', [collection.name]),
      ),
    commit,
    watch: (collection, listener) => {
      const end = watchers.add(collection.name, listener)
      if (!closed) listenOnce()
      return end
    },
    probe: async () => {
      mustBeOpen()
      await database
        .query('insert into probe (at) values (now()) on conflict (one) do update set at = excluded.at')
        .catch((error: unknown) => {
          throw storeErrorOf(error, 'commit')
        })
    },
    close: async () => {
      closed = true
      await stopListening?.()
    },
  }
}

function momentOf([row]: readonly DatabaseRow[]): number | undefined {
  return Moment.parse(row).at ?? undefined
}

/** One change as `commit_changes` reads it: the expected version, 0 for none, null for any. */
function wire({ kind, collection, id, expect, body, notAfter }: Change, n: number) {
  const version = expect === 'any' ? null : expect === 'absent' ? 0 : expect
  const due = body?.due ?? null
  return {
    n,
    kind,
    collection,
    id,
    expect: version,
    notAfter: notAfter ?? null,
    ...(body === undefined ? {} : { json: body.json, keys: [...new Set(body.keys)], due }),
  }
}
