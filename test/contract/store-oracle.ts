import type { Change, Commit } from '../../src/store/store.ts'

interface Entry {
  readonly version: number
  readonly keys: readonly string[]
  readonly due: number | undefined
}

/** What a store must do, in the plainest way: one map of one collection. Answers lists as `id version`. */
export function createOracle() {
  const entries = new Map<string, Entry>()
  const shown = ([id, { version }]: readonly [string, Entry]) => `${id} ${version}`
  const byId = ([a]: readonly [string, Entry], [b]: readonly [string, Entry]) => (a < b ? -1 : 1)
  return {
    commit: (changes: readonly Change[]): Commit => {
      for (const { id, expect, collection } of changes) {
        const version = entries.get(id)?.version ?? 'absent'
        if (expect !== 'any' && expect !== version) return { ok: false, reason: 'conflict', collection, id }
      }
      for (const { kind, id, body } of changes) {
        if (kind === 'remove') entries.delete(id)
        if (kind === 'put')
          entries.set(id, { version: (entries.get(id)?.version ?? 0) + 1, keys: body?.keys ?? [], due: body?.due })
      }
      return { ok: true }
    },
    list: (key: string | undefined): string[] =>
      [...entries]
        .filter(([, entry]) => key === undefined || entry.keys.includes(key))
        .sort(byId)
        .map(shown),
    due: (at: number): string[] =>
      [...entries]
        .filter(([, { due }]) => due !== undefined && due <= at)
        .sort((a, b) => (a[1].due ?? 0) - (b[1].due ?? 0) || byId(a, b))
        .map(shown),
  }
}
