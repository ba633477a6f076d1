import type { Clock } from '../../../src/time/clock.ts'
import type { Change, Collection, Commit, Store, Stored } from '../../../src/store/store.ts'

interface Document {
  readonly version: number
  readonly json: string
  readonly keys: readonly string[]
  readonly due: number | undefined
}

/** The store port in memory: what several processes of a test share. */
export function createMemoryStore(clock: Clock): Store {
  const collections = new Map<string, Map<string, Document>>()
  const listeners = new Set<{ readonly name: string; readonly listener: () => void }>()
  const documents = (name: string): Map<string, Document> => {
    const known = collections.get(name) ?? new Map<string, Document>()
    collections.set(name, known)
    return known
  }
  const read = <Value>({ parse }: Collection<Value>, id: string, { version, json }: Document): Stored<Value> => ({
    id,
    version,
    value: parse(JSON.parse(json)),
  })
  const sorted = (name: string): [string, Document][] =>
    [...documents(name)].sort(([one], [other]) => (one < other ? -1 : 1))

  const refusal = ({ collection, id, expect, notAfter }: Change): Commit | undefined => {
    const version = documents(collection).get(id)?.version
    const holds = expect === 'any' || (expect === 'absent' ? version === undefined : version === expect)
    if (!holds) return { ok: false, reason: 'conflict', collection, id }
    if (notAfter !== undefined && clock.now() > notAfter) return { ok: false, reason: 'too_late', collection, id }
    return undefined
  }

  return {
    now: async () => clock.now(),
    get: async (collection, id) => {
      const found = documents(collection.name).get(id)
      return found === undefined ? undefined : read(collection, id, found)
    },
    list: async (collection, { key, after, limit }) =>
      sorted(collection.name)
        .filter(([id, { keys }]) => (after === undefined || id > after) && (key === undefined || keys.includes(key)))
        .slice(0, limit)
        .map(([id, document]) => read(collection, id, document)),
    due: async (collection, { at, limit }) =>
      sorted(collection.name)
        .filter(([, { due }]) => due !== undefined && due <= at)
        .slice(0, limit)
        .map(([id, document]) => read(collection, id, document)),
    nextDue: async (collection) => {
      const dues = sorted(collection.name).flatMap(([, { due }]) => (due === undefined ? [] : [due]))
      return dues.length === 0 ? undefined : Math.min(...dues)
    },
    commit: async (changes) => {
      for (const change of changes) {
        const refused = refusal(change)
        if (refused !== undefined) return refused
      }
      for (const { kind, collection, id, body } of changes) {
        if (kind === 'remove') documents(collection).delete(id)
        if (kind === 'put' && body !== undefined) {
          const version = (documents(collection).get(id)?.version ?? 0) + 1
          documents(collection).set(id, { version, ...body })
        }
      }
      for (const { name, listener } of listeners) if (changes.some(({ collection }) => collection === name)) listener()
      return { ok: true }
    },
    watch: ({ name }, listener) => {
      const entry = { name, listener }
      listeners.add(entry)
      return () => listeners.delete(entry)
    },
    probe: async () => {},
    close: async () => {},
  }
}
