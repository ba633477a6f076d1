import type { Caller } from '../cluster.ts'
import type { CallerHeaders } from './caller.ts'
import type { Wire } from './link.ts'
import type { Dispatcher } from 'undici'

/** One HTTP request in the API's terms. */
export interface Ask {
  readonly method: 'GET' | 'POST' | 'PATCH'
  /** Encoded, beginning with a slash. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: { readonly type: string; readonly json: string }
  readonly as: Caller
  /** What changes nothing may be repeated; a write never is. */
  readonly kind: 'read' | 'write'
}

export type Response = Dispatcher.ResponseData

/** Sends one request. `onSent` is called when its first byte goes to the socket: before that it certainly did nothing. */
export function exchange(
  ask: Ask,
  {
    wire,
    headers,
    pool,
    signal,
    onSent,
  }: {
    readonly wire: Wire
    readonly headers: CallerHeaders
    readonly pool: 'calls' | 'streams'
    readonly signal: AbortSignal
    readonly onSent: () => void
  },
): Promise<Response> {
  const query = new URLSearchParams(ask.query).toString()
  return marked(wire[pool], onSent).request({
    origin: wire.origin,
    path: `${wire.prefix}${ask.path}${query === '' ? '' : `?${query}`}`,
    method: ask.method,
    headers: {
      'user-agent': 'readback',
      accept: 'application/json, */*',
      ...(wire.authorization !== undefined && { authorization: wire.authorization }),
      ...(ask.body && { 'content-type': ask.body.type }),
      ...mutable(headers),
    },
    body: ask.body?.json ?? null,
    signal,
  })
}

/** The whole body, or undefined when it is longer than `limit`. */
export async function readBody({ body }: Response, limit: number): Promise<Buffer | undefined> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of chunksIn(body)) {
    bytes += piece.length
    if (bytes > limit) {
      body.destroy()
      return undefined
    }
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** A body's chunks as the buffers that they are. */
async function* chunksIn(body: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const chunk of body) if (Buffer.isBuffer(chunk)) yield chunk
}

function marked(dispatcher: Dispatcher, onSent: () => void): Dispatcher {
  return dispatcher.compose((dispatch) => (options, handler) => {
    const watched: Dispatcher.DispatchHandler = {
      onRequestStart: (controller, context) => {
        onSent()
        handler.onRequestStart?.(controller, context)
      },
      onRequestUpgrade: (...upgrade) => handler.onRequestUpgrade?.(...upgrade),
      onResponseStart: (...start) => handler.onResponseStart?.(...start),
      onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
      onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
      onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
    }
    return dispatch(options, watched)
  })
}

function mutable(headers: CallerHeaders): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  )
}
