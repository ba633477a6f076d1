import type { JsonObject } from '../../json.ts'
import type { Resource } from './resources.ts'
import type { Change, WatchHistory } from './watch-history.ts'
import { put } from './fields.ts'
import { nameOf, namespaceOf } from './objects.ts'
import { qualified } from './resources.ts'
import { createWatchHistory } from './watch-history.ts'

const keyOf = (object: JsonObject) => `${namespaceOf(object)}/${nameOf(object)}`

export type ObjectStore = ReturnType<typeof createObjectStore>

/** All objects of one cluster under one rising resourceVersion. Objects are replaced, never changed in place. */
export function createObjectStore({ historyLimit }: { readonly historyLimit: number }) {
  const tables = new Map<string, Map<string, JsonObject>>()
  const histories = new Map<string, WatchHistory>()
  const listeners = new Set<(change: Change) => void>()
  let version = 100

  const table = (resource: Resource) => {
    const key = qualified(resource)
    const found = tables.get(key) ?? new Map<string, JsonObject>()
    tables.set(key, found)
    return found
  }
  const history = (resource: Resource) => {
    const key = qualified(resource)
    const found = histories.get(key) ?? createWatchHistory(historyLimit)
    histories.set(key, found)
    return found
  }

  const commit = (change: Omit<Change, 'version'>): JsonObject => {
    version += 1
    const object = put(change.object, ['metadata', 'resourceVersion'], String(version))
    const whole = { ...change, object, version }
    if (change.type === 'DELETED') table(change.resource).delete(keyOf(object))
    else table(change.resource).set(keyOf(object), object)
    history(change.resource).add(whole)
    for (const listener of listeners) listener(whole)
    return object
  }

  return {
    version: () => version,
    get: (resource: Resource, namespace: string, name: string) => table(resource).get(`${namespace}/${name}`),
    /** In the order of their names, as the server lists them; all namespaces when none is given. */
    list: (resource: Resource, namespace = ''): readonly JsonObject[] => {
      const all = table(resource)
      const prefix = `${namespace}/`
      return [...all.keys()]
        .filter((key) => namespace === '' || key.startsWith(prefix))
        .sort()
        .map((key) => all.get(key))
        .filter((object) => object !== undefined)
    },
    /** In the order of insertion, without the cost of sorting. */
    each: (resource: Resource): Iterable<JsonObject> => table(resource).values(),
    insert: (resource: Resource, object: JsonObject) => commit({ type: 'ADDED', resource, object }),
    replace: (resource: Resource, object: JsonObject, previous: JsonObject) =>
      commit({ type: 'MODIFIED', resource, object, previous }),
    remove: (resource: Resource, object: JsonObject) => commit({ type: 'DELETED', resource, object, previous: object }),
    since: (resource: Resource, from: number) => history(resource).since(from),
    /** Forgets every change: each watch that resumes gets 410. */
    forgetHistory: () => {
      for (const one of histories.values()) one.forget()
    },
    subscribe: (listener: (change: Change) => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
