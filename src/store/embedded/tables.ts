import { atRest } from './document.ts'
import type { Document } from './document.ts'
import { createSorted } from './sorted.ts'
import type { Sorted } from './sorted.ts'

/** What one accepted change comes to: the document's new state, or its end. */
export interface Effect {
  readonly collection: string
  readonly id: string
  readonly document: Document | undefined
}

interface Due {
  readonly at: number
  readonly id: string
}

interface Table {
  readonly documents: Map<string, Document>
  readonly ids: Sorted<string>
  readonly byKey: Map<string, Sorted<string>>
  readonly due: Sorted<Due>
}

/** All collections in memory, as of the last flush, with their indexes. */
export interface Tables {
  find(collection: string, id: string): Document | undefined
  list(
    collection: string,
    query: { readonly key?: string; readonly after?: string; readonly limit: number },
  ): readonly Document[]
  due(collection: string, query: { readonly at: number; readonly limit: number }): readonly Document[]
  nextDue(collection: string): number | undefined
  apply(effect: Effect): void
  /** Every document as of now, for a snapshot: later writes do not show in it. */
  capture(): readonly { readonly collection: string; readonly documents: readonly Document[] }[]
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const byDue = (a: Due, b: Due) => a.at - b.at || byText(a.id, b.id)

export function createTables(): Tables {
  const tables = new Map<string, Table>()

  const tableOf = (collection: string): Table => {
    const found = tables.get(collection)
    if (found !== undefined) return found
    const made: Table = { documents: new Map(), ids: createSorted(byText), byKey: new Map(), due: createSorted(byDue) }
    tables.set(collection, made)
    return made
  }

  const unindex = (table: Table, document: Document) => {
    for (const key of document.keys) {
      const ids = table.byKey.get(key)
      ids?.remove(document.id)
      if (ids?.size === 0) table.byKey.delete(key)
    }
    if (document.due !== undefined) table.due.remove({ at: document.due, id: document.id })
  }

  const index = (table: Table, document: Document) => {
    for (const key of document.keys) {
      const ids = table.byKey.get(key) ?? createSorted(byText)
      table.byKey.set(key, ids)
      ids.add(document.id)
    }
    if (document.due !== undefined) table.due.add({ at: document.due, id: document.id })
  }

  return {
    find: (collection, id) => tables.get(collection)?.documents.get(id),
    list: (collection, { key, after, limit }) => {
      const table = tables.get(collection)
      const ids = key === undefined ? table?.ids : table?.byKey.get(key)
      const found: Document[] = []
      if (table === undefined || ids === undefined) return found
      for (const id of ids.after(after)) {
        if (found.length >= limit) break
        const document = table.documents.get(id)
        if (document !== undefined) found.push(document)
      }
      return found
    },
    due: (collection, { at, limit }) => {
      const table = tables.get(collection)
      const found: Document[] = []
      if (table === undefined) return found
      for (const due of table.due.after()) {
        if (due.at > at || found.length >= limit) break
        const document = table.documents.get(due.id)
        if (document !== undefined) found.push(document)
      }
      return found
    },
    nextDue: (collection) => tables.get(collection)?.due.first()?.at,
    apply: ({ collection, id, document }) => {
      const table = tableOf(collection)
      const old = table.documents.get(id)
      if (old !== undefined) unindex(table, old)
      if (document === undefined) {
        table.documents.delete(id)
        table.ids.remove(id)
        if (table.documents.size === 0) tables.delete(collection)
        return
      }
      if (old === undefined) table.ids.add(id)
      table.documents.set(id, atRest(document))
      index(table, document)
    },
    capture: () => [...tables].map(([collection, table]) => ({ collection, documents: [...table.documents.values()] })),
  }
}
