import type { Clock } from '../../time/clock.ts'
import type { JsonObject } from '../../json.ts'
import type { ObjectStore } from './object-store.ts'
import type { OpenStream } from './open-stream.ts'
import type { Resource } from './resources.ts'
import type { Change } from './watch-history.ts'
import type { Wire } from './wire.ts'
import { ApiError, expired } from './api-error.ts'
import { put } from './fields.ts'
import { checkVersion, queryPredicate } from './lists.ts'
import { namespaceOf } from './objects.ts'
import { queryFlag, queryNumber } from './query-number.ts'
import { groupVersion } from './resources.ts'

interface Watching {
  readonly clock: Clock
  readonly store: ObjectStore
  readonly wire: Wire
  readonly resource: Resource
  readonly namespace: string
  readonly query: URLSearchParams
  readonly streamsLists: boolean
}

const bookmarkEveryMs = 60_000
const serverTimeoutMs = 30 * 60_000
/** Timers of longer than this fire at once. */
const longestMs = 2 ** 31 - 1

/** Checks the query (400, 422 come before the stream starts) and returns what plays the watch. */
export function watchStream(watching: Watching): (stream: OpenStream) => void {
  const { clock, store, wire, resource, namespace, query } = watching
  const selects = queryPredicate(query, resource.kind)
  const matches = (object: JsonObject) => (namespace === '' || namespaceOf(object) === namespace) && selects(object)
  const from = checkVersion(query, store.version())
  const bookmarks = queryFlag(query, 'allowWatchBookmarks')
  const wanted = (queryNumber(query, 'timeoutSeconds') ?? 0) * 1000
  const timeoutMs = Math.min(wanted || serverTimeoutMs, longestMs)
  const wantsList = queryFlag(query, 'sendInitialEvents')
  if (wantsList && !watching.streamsLists)
    throw new ApiError(422, {
      reason: 'Invalid',
      message:
        'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
      details: {
        group: 'meta.k8s.io',
        kind: 'ListOptions',
        causes: [
          {
            reason: 'FieldValueForbidden',
            message: 'Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
            field: 'sendInitialEvents',
          },
        ],
      },
    })
  const startsWithAll = wantsList || from === undefined || from === 0

  return (stream) => {
    const line = (type: string, object: string) => stream.write(`{"type":"${type}","object":${object}}\n`)
    const bookmark = (annotations?: JsonObject) => {
      const metadata = {
        resourceVersion: String(store.version()),
        ...(annotations === undefined ? {} : { annotations }),
      }
      line('BOOKMARK', JSON.stringify({ kind: resource.kind, apiVersion: groupVersion(resource), metadata }))
    }
    const tell = ({ type, object, previous, version }: Change) => {
      const matched = previous !== undefined && matches(previous)
      const matching = type !== 'DELETED' && matches(object)
      if (matching) line(matched ? 'MODIFIED' : 'ADDED', wire.text(object))
      else if (matched && type === 'DELETED') line('DELETED', wire.text(object))
      // It left the selector: its last matching state, with the version of the change.
      else if (matched) line('DELETED', wire.text(put(previous, ['metadata', 'resourceVersion'], String(version))))
    }

    const missed = startsWithAll ? [] : store.since(resource, from)
    if (missed === undefined) {
      line('ERROR', JSON.stringify(expired(`too old resource version: ${from} (${store.version()})`).status))
      stream.end()
      return
    }
    if (startsWithAll) {
      for (const object of store.list(resource, namespace)) if (matches(object)) line('ADDED', wire.text(object))
      if (bookmarks && watching.streamsLists && (wantsList || from === undefined))
        bookmark({ 'k8s.io/initial-events-end': 'true' })
    }
    for (const change of missed) tell(change)

    const unsubscribe = store.subscribe((change) => {
      if (change.resource === resource) tell(change)
    })
    let cancelBookmark: (() => void) | undefined
    const markLater = () => {
      cancelBookmark = clock.after(bookmarkEveryMs, () => {
        bookmark()
        markLater()
      })
    }
    if (bookmarks) markLater()
    const cancelTimeout = clock.after(timeoutMs, () => {
      if (bookmarks) bookmark()
      stream.end()
    })
    stream.onClose(() => {
      unsubscribe()
      cancelBookmark?.()
      cancelTimeout()
    })
  }
}
