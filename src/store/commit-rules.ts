import type { Change, Collection, Stored } from './store.ts'
import { StoreError } from './problems.ts'

/** Throws `store_bad_commit` for a commit that no implementation takes. */
export function checkChanges(changes: readonly Change[]): void {
  const seen = new Set<string>()
  for (const { kind, collection, id, body } of changes) {
    const name = `${collection}\n${id}`
    if (seen.has(name)) throw new StoreError({ code: 'store_bad_commit', collection, id, why: 'twice' })
    seen.add(name)
    // `JSON.stringify(undefined)` is undefined whatever its type says.
    if (kind === 'put' && typeof body?.json !== 'string')
      throw new StoreError({ code: 'store_bad_commit', collection, id, why: 'no-value' })
  }
}

/** A document as every implementation keeps it. */
export interface Row {
  readonly id: string
  readonly version: number
  readonly json: string
}

/** A fresh value on every call: nobody can alter what is stored. */
export function readRow<Value>(collection: Collection<Value>, row: Row): Stored<Value> {
  try {
    const raw: unknown = JSON.parse(row.json)
    return { id: row.id, version: row.version, value: collection.parse(raw) }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new StoreError(
      { code: 'store_bad_document', collection: collection.name, id: row.id, detail },
      { cause: error },
    )
  }
}
