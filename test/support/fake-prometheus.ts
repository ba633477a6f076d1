import { createServer } from 'node:http'
import type { IncomingHttpHeaders, RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { ServerOptions } from 'node:https'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'

export interface Asked {
  readonly path: string
  readonly params: Readonly<Record<string, string>>
  /** Every `match[]`. */
  readonly matches: readonly string[]
  readonly headers: IncomingHttpHeaders
}

export type Reply =
  /** A good answer with this as its data. */
  | { readonly data: unknown }
  | { readonly status?: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  /** Takes the question and says nothing. */
  | 'silence'

export interface FakePrometheus {
  readonly url: URL
  readonly asked: readonly Asked[]
}

/** Something that answers where a Prometheus is expected, as the test says. Gone with the test. */
export async function aFakePrometheus(
  reply: (asked: Asked) => Reply,
  { tls, host = '127.0.0.1' }: { readonly tls?: ServerOptions; readonly host?: string } = {},
): Promise<FakePrometheus> {
  const asked: Asked[] = []
  const listener: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake')
    const one = {
      path: url.pathname,
      params: Object.fromEntries(url.searchParams),
      matches: url.searchParams.getAll('match[]'),
      headers: request.headers,
    }
    asked.push(one)
    const found = reply(one)
    if (found === 'silence') return
    const {
      status = 200,
      body,
      headers = {},
    } = 'data' in found
      ? {
          body: JSON.stringify({ status: 'success', data: found.data }),
          headers: { 'content-type': 'application/json' },
        }
      : found
    response.writeHead(status, headers).end(body)
  }
  const server = tls ? createSecureServer(tls, listener) : createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { url: new URL(`${tls ? 'https' : 'http'}://${host}:${address.port}`), asked }
}

/** A matrix as Prometheus writes it; values by label set. */
export const matrix = (
  series: readonly {
    readonly metric: Readonly<Record<string, string>>
    readonly values: readonly (readonly [number, string])[]
  }[],
) => ({ data: { resultType: 'matrix', result: series } })

/** An error as Prometheus writes it. */
export const errorReply = (status: number, errorType: string, error: string): Reply => ({
  status,
  body: JSON.stringify({ status: 'error', errorType, error }),
})
