import type { Clock } from '../../time/clock.ts'
import type { Json, JsonObject } from '../../json.ts'
import type { WatchEvent } from '../cluster.ts'
import type { Client } from './client.ts'
import type { Limits } from './settings.ts'
import { ClusterError } from '../problems.ts'
import { at, isJsonObject } from '../reading/fields.ts'
import { createLineCutter } from './lines.ts'
import { chunksOf } from './stream.ts'

export interface WatchParts {
  readonly cluster: string
  readonly client: Client
  readonly clock: Clock
  readonly random: () => number
  readonly limits: Limits
}

/** A line that is no watch event, or is longer than any object: the stream cannot be trusted further. */
export class BrokenStreamError extends Error {
  override readonly name = 'BrokenStreamError'
}

/** The events of one watch from `known.version` on, which moves along, until the server or the network ends it. */
export async function* watchEvents(
  { cluster, client, clock, random, limits }: WatchParts,
  watch: {
    readonly path: string
    readonly query: Readonly<Record<string, string>>
    readonly signal: AbortSignal
    readonly known: { version: string }
  },
): AsyncGenerator<WatchEvent | 'bookmark'> {
  const { path, signal, known } = watch
  const query = {
    ...watch.query,
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
    for (const line of arrived) yield eventIn(cluster, line, known)
  }
}

function eventIn(cluster: string, line: Buffer, known: { version: string }): WatchEvent | 'bookmark' {
  const { type, object } = parsed(line)
  if (type === 'ERROR') {
    if (at(object, 'code') === 410) throw new ClusterError({ code: 'cluster_expired', cluster })
    throw new BrokenStreamError(JSON.stringify(object))
  }
  if (!isJsonObject(object)) throw new BrokenStreamError('an event without an object')
  known.version = versionOf(object)
  if (type === 'BOOKMARK') return 'bookmark'
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

/** Opaque: handed back as it came, never compared. */
export function versionOf(object: JsonObject): string {
  const version = at(object, 'metadata', 'resourceVersion')
  return typeof version === 'string' ? version : ''
}
