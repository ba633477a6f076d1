import type { JsonObject } from '../../json.ts'
import type { WatchEvent } from '../cluster.ts'
import type { ObjectRef } from '../names.ts'
import type { Client } from './client.ts'
import type { WatchParts } from './watch-stream.ts'
import { ClusterError } from '../problems.ts'
import { at, objectsIn } from '../reading/fields.ts'
import { reconnecting } from './reconnecting.ts'
import { versionOf, watchEvents } from './watch-stream.ts'

/** What is known of the object between two connections. */
interface Known {
  /** Where the next watch begins; empty: list again first. */
  version: string
  object: JsonObject | undefined
}

/** See `ClusterAccess.watch`. Throws `cluster_not_found` for an object that is not there to begin with. */
export async function* watchObject(parts: WatchParts, ref: ObjectRef, signal: AbortSignal): AsyncGenerator<WatchEvent> {
  const known: Known = { version: '', object: undefined }
  const connect = (proven: () => void): AsyncIterable<WatchEvent> =>
    oneConnection(parts, { ref, signal, known, proven })
  for await (const event of reconnecting(parts, { known, signal, connect })) {
    yield event
    if (event.type === 'deleted') return
  }
}

async function* oneConnection(
  parts: WatchParts,
  { ref, signal, known, proven }: { ref: ObjectRef; signal: AbortSignal; known: Known; proven: () => void },
): AsyncGenerator<WatchEvent> {
  const { client } = parts
  const path = await collectionOf(client, ref)
  if (known.version === '') {
    const event = await present(parts, { path, ref, known })
    if (event) yield event
    if (event?.type === 'deleted') return
  }
  for await (const event of watchEvents(parts, { path, query: only(ref), signal, known })) {
    proven()
    if (event === 'bookmark') continue
    known.object = event.object
    yield event
  }
}

/** The object as a fresh list has it; nothing where that is what was given out last. */
async function present(
  { cluster, client }: WatchParts,
  { path, ref, known }: { path: string; ref: ObjectRef; known: Known },
): Promise<WatchEvent | undefined> {
  const query = new URLSearchParams(only(ref)).toString()
  const list = await client.within((deadline) => client.get(`${path}?${query}`, deadline))
  const [item] = objectsIn(list['items'])
  const object: JsonObject | undefined = item && { apiVersion: ref.apiVersion, kind: ref.kind, ...item }
  known.version = versionOf(list)
  const before = known.object
  if (before === undefined) {
    if (!object)
      throw new ClusterError({ code: 'cluster_not_found', cluster, detail: `${ref.kind} ${ref.namespace}/${ref.name}` })
  } else if (!object || at(object, 'metadata', 'uid') !== at(before, 'metadata', 'uid')) {
    // Deleted while nobody looked; one of the same name is another object.
    return { type: 'deleted', object: before }
  } else if (versionOf(object) === versionOf(before)) return undefined
  known.object = object
  return { type: 'changed', object }
}

async function collectionOf(client: Client, ref: ObjectRef): Promise<string> {
  const path = await client.within((deadline) => client.pathOf(ref, deadline))
  return path.slice(0, path.lastIndexOf('/'))
}

function only({ name }: ObjectRef): { readonly fieldSelector: string } {
  return { fieldSelector: `metadata.name=${name}` }
}
