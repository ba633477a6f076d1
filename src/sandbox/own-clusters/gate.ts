import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { callerHeaders } from '../../clusters/direct/caller.ts'
import type { Link } from '../../clusters/direct/link.ts'
import { isHarmless, isWayIn } from './passage.ts'

/** A door before one of the visitor's own API servers: the bot knows only the door, the credential stays behind it. */
export interface Gate {
  readonly url: string
  /** What the bot must show; nobody else on this machine knows it. */
  readonly token: string
  /** Shut until somebody opens it. */
  changesAllowed(): boolean
  allowChanges(on: 'on' | 'off'): void
  close(): Promise<void>
}

const hop = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'proxy-authorization',
  'host',
  'authorization',
  'content-length',
]

/** Listens on loopback when it resolves. */
export async function createGate(name: string, link: Link): Promise<Gate> {
  const token = randomBytes(24).toString('hex')
  let allowed = false

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = { method: request.method ?? 'GET', url: request.url ?? '/' }
    if (!isToken(request.headers.authorization, token))
      return refuse(response, 401, 'this gate is for the sandbox alone')
    if (isWayIn(asked) || !(allowed || isHarmless(asked)))
      return refuse(response, 403, `not allowed yet: allow changes of ${name} in the control room`)
    const wire = await link.wire()
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const answer = await wire.streams.request({
      origin: wire.origin,
      path: `${wire.prefix}${asked.url}`,
      method: asked.method,
      headers: {
        ...passing(request.headers),
        ...callerHeaders('bot', wire.as),
        ...(wire.authorization === undefined ? {} : { authorization: wire.authorization }),
      },
      body: ['GET', 'HEAD'].includes(asked.method) ? null : request,
      signal: gone.signal,
    })
    if (answer.statusCode === 401) link.renew()
    response.writeHead(answer.statusCode, passing(answer.headers))
    response.flushHeaders()
    await pipeline(answer.body, response)
  }

  const server = createServer((request, response) => {
    pass(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else
        refuse(
          response,
          502,
          `the sandbox could not reach ${name}: ${error instanceof Error ? error.message : String(error)}`,
        )
    })
  })
  server.on('upgrade', (_request, socket) => socket.destroy())
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    changesAllowed: () => allowed,
    allowChanges: (on) => {
      allowed = on === 'on'
    },
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      await link.close()
    },
  }
}

function isToken(given: string | undefined, token: string): boolean {
  const shown = Buffer.from(given ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return shown.length === wanted.length && timingSafeEqual(shown, wanted)
}

const passing = (
  headers: IncomingHttpHeaders | Record<string, string | string[] | undefined>,
): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || hop.includes(name) ? [] : [[name, value]],
    ),
  )

function refuse(response: ServerResponse, code: number, message: string): void {
  const reasons: Readonly<Record<number, string>> = { 401: 'Unauthorized', 403: 'Forbidden' }
  response.writeHead(code, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason: reasons[code] ?? 'InternalError',
      code,
    }),
  )
}
