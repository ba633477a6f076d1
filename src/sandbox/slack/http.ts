import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../time/clock.ts'
import type { Json } from '../../json.ts'
import { addressOf, isOwnProgram } from '../callers.ts'
import { parseArguments, parseUpload, readBody } from './api/body.ts'
import type { Answer } from './api/dispatch.ts'
import { dispatch, tooMany } from './api/dispatch.ts'
import type { Workplace } from './api/method.ts'
import { methods } from './api/methods.ts'
import type { FaultKind, Faults } from './faults.ts'
import { useHook } from './hooks.ts'
import { parseJson, textOf } from './json-values.ts'
import type { Traffic } from './traffic.ts'
import { brief } from './traffic.ts'
import { receiveUpload } from './uploads.ts'

const largestCall = 2_097_152
const largestUpload = 67_108_864

interface Web {
  readonly at: Workplace
  readonly clock: Clock
  readonly faults: Faults
  readonly traffic: Traffic
  /** Cancelled on stop. */
  readonly later: (ms: number, task: () => void) => void
}

/** Every HTTP path of the server; resolves once answered or handed to a slow fault. */
export async function serve(web: Web, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isOwnProgram(request.headers)) return send(response, { status: 403, headers: {}, text: 'no browsers' })
  const { path } = addressOf(request.url) ?? { path: '' }
  if (path.startsWith('/api/')) return serveMethod(web, path.slice('/api/'.length), { request, response })
  if (path.startsWith('/response/')) return serveHook(web, path.split('/').at(-1) ?? '', { request, response })
  if (path.startsWith('/upload/v1/')) return serveUpload(web, path.split('/').at(-1) ?? '', { request, response })
  if (path.startsWith('/files/')) return serveFile(web, path.split('/')[2] ?? '', { request, response })
  send(response, { status: 404, headers: {}, text: 'not found' })
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

async function serveMethod(web: Web, name: string, { request, response }: Exchange) {
  const body = await readBody(request, largestCall)
  if (body === undefined) return send(response, { status: 413, headers: {}, text: 'too large' })
  const args = await parseArguments(request, body)
  const channel = textOf(args?.['channel']) ?? textOf(args?.['channel_id'])
  const fault = web.faults.strike(name, channel)
  const work = (): Answer => dispatch({ method: methods.get(name), bearer: bearerOf(request), args, at: web.at })
  const note = ({ status, body: answered }: Answer) =>
    web.traffic.note({ kind: 'call', method: name, request: brief(args), status, response: brief(answered) })
  const early = fault && answerInstead(fault)
  if (early !== undefined) {
    note(early)
    return sendEarly(response, early)
  }
  const answer = work()
  note(answer)
  finish(web, fault, { response, answer: withText(answer) })
}

/** Faults that keep the work from being done; status 0 stands for a cut connection. */
function answerInstead(fault: FaultKind): Answer | undefined {
  switch (fault.kind) {
    case 'rate_limit':
      return tooMany(fault.retryAfter === 'absent' ? undefined : String(fault.retryAfter))
    case 'fail':
      return { status: fault.status, headers: {}, body: { ok: false, error: 'service_unavailable' } }
    case 'refuse':
      return { status: 200, headers: {}, body: { ok: false, error: fault.error } }
    case 'reset':
      return { status: 0, headers: {}, body: {} }
    case 'lose_answer':
    case 'slow':
    case 'garbage':
      return undefined
    default:
      return undefined
  }
}

interface Finished {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

function finish(
  web: Web,
  fault: FaultKind | undefined,
  { response, answer }: { response: ServerResponse; answer: Finished },
) {
  if (fault?.kind === 'lose_answer')
    return fault.how === 'reset' ? cut(response) : send(response, { status: 500, headers: {}, text: 'lost' })
  if (fault?.kind === 'slow') return web.later(fault.ms, () => send(response, answer))
  if (fault?.kind === 'garbage') return send(response, { ...answer, text: '<html>upstream trouble</html>' })
  send(response, answer)
}

async function serveHook(web: Web, token: string, { request, response }: Exchange) {
  const body = await readBody(request, largestCall)
  if (body === undefined) return send(response, { status: 413, headers: {}, text: 'too large' })
  const payload: Json | undefined = parseJson(body.toString('utf8'))
  const hook = web.at.world.state.hooks.findLast((one) => one.token === token)
  const fault = web.faults.strike('response_url', hook?.channel)
  const early = fault && answerInstead(fault)
  if (early !== undefined) {
    web.traffic.note({ kind: 'hook', request: brief(payload), status: early.status, response: early.body })
    return sendEarly(response, early)
  }
  const { status, text } = useHook(token, payload, web.at)
  web.traffic.note({ kind: 'hook', request: brief(payload), status, response: text })
  finish(web, fault, { response, answer: { status, headers: {}, text } })
}

async function serveUpload(web: Web, ticket: string, { request, response }: Exchange) {
  const fault = web.faults.strike('upload', undefined)
  const early = fault && answerInstead(fault)
  const body = await readBody(request, largestUpload)
  if (early !== undefined) return sendEarly(response, early)
  if (body === undefined) return send(response, { status: 413, headers: {}, text: 'too large' })
  const content = await parseUpload(request, body)
  const { status, text } = receiveUpload(ticket, content, web.at.world)
  web.traffic.note({ kind: 'upload', file: ticket, size: content.length, status })
  finish(web, fault, { response, answer: { status, headers: {}, text } })
}

function serveFile({ at }: Web, id: string, { request, response }: Exchange) {
  const file = at.world.state.files.find((one) => one.id === id)
  if (bearerOf(request) !== at.world.state.app.botToken)
    return send(response, { status: 403, headers: {}, text: 'forbidden' })
  if (file?.content === undefined) return send(response, { status: 404, headers: {}, text: 'file_not_found' })
  response.writeHead(200, { 'content-type': file.mimetype }).end(Buffer.from(file.content, 'base64'))
}

const bearerOf = (request: IncomingMessage) => /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]

const withText = ({ status, headers, body }: Answer): Finished => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  text: JSON.stringify(body),
})

const sendEarly = (response: ServerResponse, early: Answer) =>
  early.status === 0 ? cut(response) : send(response, withText(early))

function cut(response: ServerResponse) {
  response.destroy()
}

function send(response: ServerResponse, { status, headers, text }: Finished) {
  if (response.destroyed) return
  response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(text)
}
