import type { Clock } from '../../clock.ts'
import type { Json, JsonObject } from '../../json.ts'
import type { WatchEvent } from '../cluster.ts'
import type { ObjectRef } from '../names.ts'
import type { Client } from './client.ts'
import type { Patience } from './patience.ts'
import type { Limits } from './settings.ts'
import { ClusterError } from '../problems.ts'
import { at, isJsonObject, objectsIn } from '../reading/fields.ts'
import { createLineCutter } from './lines.ts'
import { createPatience, waitingCures } from './patience.ts'
import { chunksOf } from './stream.ts'

export interface WatchParts {
  readonly cluster: string
  readonly client: Client
  readonly clock: Clock
  readonly random: () => number
  readonly limits: Limits
}

/** What is known of the object between two connections. */
interface Known {
  /** Where the next watch begins; empty: list again first. */
  version: string
  object: JsonObject | undefined
}

/** A stream that lived so long was worth opening, even if nothing happened. */
const soundMs = 5_000

/** A line that is no watch event, or is longer than any object: the stream cannot be trusted further. */
class BrokenStreamError extends Error {
  override readonly name = 'BrokenStreamError'
}

/** See `ClusterAccess.watch`. Throws `cluster_not_found` for an object that is not there to begin with. */
export async function* watchObject(parts: WatchParts, ref: ObjectRef, signal: AbortSignal): AsyncGenerator<WatchEvent> {
  const { clock } = parts
  const patience = createPatience(parts)
  const known: Known = { version: '', object: undefined }
  while (!signal.aborted) {
    const began = clock.now()
    let fault: unknown
    try {
      for await (const event of oneConnection(parts, { ref, signal, known, patience })) {
        yield event
        if (event.type === 'deleted') return
      }
    } catch (error) {
      if (signal.aborted) return
      if (!waitingCures(error)) throw error
      const expired = error instanceof ClusterError && error.problem.code === 'cluster_expired'
      if (expired || error instanceof BrokenStreamError) known.version = ''
      fault = error
    }
    if (clock.now() - began >= soundMs) patience.proven()
    await patience.rest(fault, signal)
  }
}

async function* oneConnection(
  parts: WatchParts,
  { ref, signal, known, patience }: { ref: ObjectRef; signal: AbortSignal; known: Known; patience: Patience },
): AsyncGenerator<WatchEvent> {
  const { client, clock, random, limits } = parts
  const path = await collectionOf(client, ref)
  if (known.version === '') {
    const event = await present(parts, { path, ref, known })
    if (event) yield event
    if (event?.type === 'deleted') return
  }
  const query = {
    ...only(ref),
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: known.version,
    timeoutSeconds: String(240 + Math.floor(random() * 60)),
  }
  const body = await client.open(path, { query, signal })
  let lines: Buffer[] = []
  const cutter = createLineCutter({
    maxBytes: limits.watchLineBytes,
    onLine: (buffer, { start, end, cut }) => {
      if (cut > 0) throw new BrokenStreamError(`a line longer than ${limits.watchLineBytes} bytes`)
      lines.push(buffer.subarray(start, end))
    },
  })
  for await (const chunk of chunksOf(body, { clock, idleMs: limits.idleStreamMs })) {
    cutter.push(chunk)
    const arrived = lines
    lines = []
    for (const line of arrived) {
      const event = eventIn(parts.cluster, line, known)
      patience.proven()
      if (event) yield event
    }
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

function eventIn(cluster: string, line: Buffer, known: Known): WatchEvent | undefined {
  const { type, object } = parsed(line)
  if (type === 'ERROR') {
    if (at(object, 'code') === 410) throw new ClusterError({ code: 'cluster_expired', cluster })
    throw new BrokenStreamError(JSON.stringify(object))
  }
  if (!isJsonObject(object)) throw new BrokenStreamError('an event without an object')
  known.version = versionOf(object)
  if (type === 'BOOKMARK') return undefined
  known.object = object
  return { type: type === 'DELETED' ? 'deleted' : 'changed', object }
}

function parsed(line: Buffer): { readonly type: Json | undefined; readonly object: Json | undefined } {
  try {
    const value: unknown = JSON.parse(line.toString('utf8'))
    if (isJsonObject(value)) return { type: value['type'], object: value['object'] }
  } catch {
    // Falls through: a line cut in the middle reads like any other that is not JSON.
  }
  throw new BrokenStreamError('a line that is no watch event')
}

async function collectionOf(client: Client, ref: ObjectRef): Promise<string> {
  const path = await client.within((deadline) => client.pathOf(ref, deadline))
  return path.slice(0, path.lastIndexOf('/'))
}

function only({ name }: ObjectRef): { readonly fieldSelector: string } {
  return { fieldSelector: `metadata.name=${name}` }
}

function versionOf(object: JsonObject): string {
  const version = at(object, 'metadata', 'resourceVersion')
  return typeof version === 'string' ? version : ''
}
