import type { Clock } from '../../time/clock.ts'
import type { Answer, ApiRequest } from './api-request.ts'
import type { FaultEffect, Faults } from './faults.ts'
import type { OpenStreams } from './open-stream.ts'
import type { createRequestJournal } from './request-journal.ts'
import type { User } from './user.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError, badRequest } from './api-error.ts'
import { anonymous } from './user.ts'
import { addressOf } from '../callers.ts'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

interface Parts {
  readonly clock: Clock
  readonly faults: Faults
  readonly streams: OpenStreams
  readonly journal: ReturnType<typeof createRequestJournal>
  readonly uid: () => string
  readonly authenticate: (request: Pick<ApiRequest, 'header' | 'lines'>) => { readonly user: User; readonly by: User }
  readonly handle: (request: ApiRequest) => Answer
}

const maxBody = 3 * 1024 * 1024
/** Lists larger than this are compressed for clients that accept it, as the real server does. */
const compressFrom = 128 * 1024
const compress = promisify(gzip)

/** The wire: bodies, headers, faults. */
export function createApiServer({ clock, faults, streams, journal, uid, authenticate, handle }: Parts) {
  /** Until then, or until the connection is gone. */
  const pause = (ms: number, response: ServerResponse) =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(ms, resolve)
      response.once('close', () => {
        cancel()
        resolve()
      })
    })

  /** True when the request goes no further. */
  const harm = async (
    effects: readonly FaultEffect[],
    when: 'before' | 'after',
    response: ServerResponse,
  ): Promise<boolean> => {
    for (const effect of effects) {
      if (effect.kind === 'delay' && when === 'before') {
        await pause(effect.ms, response)
        // The caller has gone meanwhile, or the server.
        if (response.destroyed) return true
      }
      if ((effect.kind === 'reset' || effect.kind === 'hang') && effect.when === when) {
        if (effect.kind === 'reset') response.destroy()
        return true
      }
      if (effect.kind === 'page' && when === 'before') {
        response.writeHead(effect.code, { 'content-type': 'text/html' }).end(effect.html)
        return true
      }
      if (effect.kind === 'status' && when === 'before') {
        const seconds = effect.retryAfterSeconds
        throw new ApiError(effect.code, {
          reason: effect.reason ?? reasons[effect.code] ?? 'InternalError',
          message: effect.message ?? 'the server has asked for this',
          ...(seconds === undefined
            ? {}
            : { details: { retryAfterSeconds: seconds }, headers: { 'retry-after': String(seconds) } }),
        })
      }
    }
    return false
  }

  const send = async (answer: Answer, request: IncomingMessage, response: ServerResponse) => {
    if (answer.kind === 'stream') {
      response.writeHead(200, { 'content-type': answer.contentType })
      response.flushHeaders()
      const stream = streams.open(response)
      answer.start(stream)
      return
    }
    if (answer.kind === 'text') {
      response.writeHead(answer.code, { 'content-type': 'text/plain; charset=utf-8' }).end(answer.body)
      return
    }
    const body = answer.kind === 'raw' ? answer.body : JSON.stringify(answer.body)
    response.statusCode = answer.kind === 'raw' ? 200 : answer.code
    response.setHeader('content-type', 'application/json')
    const warnings = answer.kind === 'json' ? (answer.warnings ?? []) : []
    if (warnings.length > 0)
      response.setHeader(
        'warning',
        warnings.map((warning) => `299 - ${JSON.stringify(warning)}`),
      )
    if (body.length > compressFrom && request.headers['accept-encoding']?.toString().includes('gzip')) {
      const packed = await compress(body)
      response.setHeader('content-encoding', 'gzip').end(packed)
    } else response.end(body)
  }

  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const address = addressOf(incoming.url)
    if (address === undefined) {
      response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end('400 Bad Request')
      return
    }
    const { path, query } = address
    const method = incoming.method ?? 'GET'
    const effects = faults.hit({ method, path })
    let identity = { user: anonymous, by: anonymous }
    let body = ''
    const note = (code: number) =>
      journal.add({
        method,
        url: incoming.url ?? '/',
        by: identity.by.name,
        user: identity.user.name,
        groups: identity.user.groups,
        contentType: incoming.headers['content-type'] ?? '',
        body,
        code,
      })
    response.setHeader('audit-id', uid())
    response.setHeader('cache-control', 'no-cache, private')
    try {
      body = await readText(incoming)
      if (await harm(effects, 'before', response)) return
      const headers = headersOf(incoming)
      identity = authenticate(headers)
      const answer = handle({ method, path, query, ...headers, body, user: identity.user })
      note(answer.kind === 'json' || answer.kind === 'text' ? answer.code : 200)
      if (await harm(effects, 'after', response)) return
      await send(answer, incoming, response)
    } catch (error) {
      const fault =
        error instanceof ApiError
          ? error
          : new ApiError(500, { reason: 'InternalError', message: `Internal error occurred: ${String(error)}` })
      note(fault.code)
      if (response.headersSent) response.destroy()
      else
        response
          .writeHead(fault.code, { 'content-type': 'application/json', ...fault.headers })
          .end(JSON.stringify(fault.status))
    }
  }

  return createServer((incoming, response) => {
    void serve(incoming, response)
  })
}

const reasons: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  409: 'Conflict',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += bytes.length
    if (size > maxBody)
      throw new ApiError(413, {
        reason: 'RequestEntityTooLarge',
        message: `Request entity too large: limit is ${maxBody}`,
      })
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString()
}

function headersOf(incoming: IncomingMessage): Pick<ApiRequest, 'header' | 'lines'> {
  const distinct = incoming.headersDistinct
  return {
    header: (name) => distinct[name]?.[0],
    lines: (name) => {
      if (!name.endsWith('*')) return distinct[name] ?? []
      const prefix = name.slice(0, -1)
      return Object.entries(distinct)
        .filter(([key]) => key.startsWith(prefix))
        .flatMap(([key, values]) => (values ?? []).map((value) => `${decodeKey(key.slice(prefix.length))}\n${value}`))
    },
  }
}

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    throw badRequest(`invalid impersonation key ${JSON.stringify(key)}`)
  }
}
