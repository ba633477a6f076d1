import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { once } from 'node:events'

export interface Seen {
  readonly method: string
  readonly url: URL
  /** Values of one header, each line apart. */
  header(name: string): readonly string[]
  readonly body: string
}

export type Answering = (request: Seen, response: ServerResponse, nth: number) => void

/** A server that answers as a test says, and tells what it was asked. */
export interface FakeApi {
  readonly url: string
  readonly port: number
  readonly seen: readonly Seen[]
  /** How many connections were ever accepted, and how many stand now. */
  readonly connections: { readonly accepted: number; readonly open: number }
  /** Resolves once so many requests have come in all. */
  arrived(count: number): Promise<void>
  /** Resolves once no connection stands. */
  deserted(): Promise<void>
  close(): Promise<void>
}

export interface FakeTls {
  readonly cert: string
  readonly key: string
  readonly ca?: string
  readonly requestCert?: boolean
}

export async function createFakeApi(answer: Answering, tls?: FakeTls): Promise<FakeApi> {
  const seen: Seen[] = []
  let accepted = 0
  const sockets = new Set<unknown>()
  const waiters = new Set<() => void>()
  const tell = (): void => {
    for (const waiter of waiters) waiter()
  }
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return
        waiters.delete(look)
        resolve()
      }
      waiters.add(look)
      look()
    })

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const pieces: string[] = []
    request.setEncoding('utf8').on('data', (piece: string) => pieces.push(piece))
    request.on('end', () => {
      const one: Seen = {
        method: request.method ?? '',
        url: new URL(request.url ?? '/', 'http://fake'),
        header: (name) => request.headersDistinct[name] ?? [],
        body: pieces.join(''),
      }
      seen.push(one)
      answer(one, response, seen.length)
      tell()
    })
  }
  const server = tls
    ? createTlsServer({ ...tls, rejectUnauthorized: tls.requestCert === true }, listener)
    : createServer(listener)
  server.keepAliveTimeout = 60_000
  server.on('connection', (socket) => {
    accepted += 1
    sockets.add(socket)
    socket.on('close', () => {
      sockets.delete(socket)
      tell()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = addressOf(server.address())
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    seen,
    get connections() {
      return { accepted, open: sockets.size }
    },
    arrived: (count) => until(() => seen.length >= count),
    deserted: () => until(() => sockets.size === 0),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return address
}

export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

export function status(
  response: ServerResponse,
  code: number,
  extra: { message?: string; reason?: string; details?: unknown; headers?: Record<string, string> } = {},
): void {
  const { headers, ...rest } = extra
  response.writeHead(code, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, ...rest }))
}

export const version = { gitVersion: 'v1.37.2' }
