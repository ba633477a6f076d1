import { createHash, timingSafeEqual } from 'node:crypto'
import type { AlertSource } from './alert.ts'
import { IntakeFull } from './intake.ts'
import type { Intake } from './intake.ts'
import { tooDeep } from './json-depth.ts'
import { readAlertmanager } from './sources/alertmanager.ts'
import { readGrafana } from './sources/grafana.ts'
import { readKubesphere } from './sources/kubesphere.ts'
import type { PayloadProblem, ReadPayload } from './sources/source.ts'

/** Each is an address: `/alerts/NAME`. */
export const webhookSources: Readonly<Record<Exclude<AlertSource, 'readback'>, ReadPayload>> = {
  alertmanager: readAlertmanager,
  kubesphere: readKubesphere,
  grafana: readGrafana,
}

export const webhookNames = ['alertmanager', 'kubesphere', 'grafana'] as const

/** Why a webhook is not taken. */
export type WebhookProblem =
  | PayloadProblem
  /** ALERTS_TOKEN is not set, or readback.yaml has no `alerts`: nobody knows who may send, or where it goes. */
  | { readonly code: 'webhook_closed'; readonly missing: 'token' | 'routes' }
  | { readonly code: 'webhook_unauthorised'; readonly found: 'nothing' | 'wrong' }
  | { readonly code: 'webhook_content_type'; readonly found: string }
  | { readonly code: 'webhook_encoding' }
  | { readonly code: 'webhook_json'; readonly detail: string }
  | { readonly code: 'webhook_depth'; readonly limit: number }
  /** Not stored; the sender should come again. */
  | { readonly code: 'webhook_busy' }
  | { readonly code: 'webhook_unstored'; readonly reference: string }

export const deepest = 64

/** Who may send: whoever knows the token, as bearer or as the password of any user. */
export function authorise(header: string | undefined, token: string | undefined): WebhookProblem | undefined {
  if (token === undefined) return { code: 'webhook_closed', missing: 'token' }
  const [, scheme = '', credential = ''] = /^\s*(\S+)\s+(\S+)\s*$/.exec(header ?? '') ?? []
  const given =
    scheme.toLowerCase() === 'basic'
      ? passwordOf(credential)
      : scheme.toLowerCase() === 'bearer'
        ? credential
        : undefined
  if (given === undefined) return { code: 'webhook_unauthorised', found: 'nothing' }
  return equal(given, token) ? undefined : { code: 'webhook_unauthorised', found: 'wrong' }
}

function passwordOf(credential: string): string | undefined {
  const text = Buffer.from(credential, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : text.slice(colon + 1)
}

/** Takes the same time whatever is given. */
function equal(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}

export interface Webhook {
  readonly source: keyof typeof webhookSources
  readonly contentType: string | undefined
  readonly body: Uint8Array
}

/** Undefined: taken, and on disk. */
export type TakeWebhook = (webhook: Webhook) => Promise<WebhookProblem | undefined>

/** Bodies that wait for the store at the same time, in bytes: parsed, each takes several times as much memory. */
const mostWaitingBytes = 64 * 1_048_576

export function createWebhooks(parts: {
  readonly intake: Pick<Intake, 'take'>
  readonly now: () => number
  readonly report: (error: unknown, about: string) => string
}): TakeWebhook {
  let waitingBytes = 0

  const store: TakeWebhook = async ({ source, contentType, body }) => {
    const parsed = parse(contentType, body)
    if (!parsed.ok) return parsed.problem
    const read = webhookSources[source](parsed.json, parts.now())
    if (!read.ok) return read.problem
    try {
      await parts.intake.take(read.delivery)
      return undefined
    } catch (error) {
      if (error instanceof IntakeFull) return { code: 'webhook_busy' }
      return { code: 'webhook_unstored', reference: parts.report(error, `alerts/${source}`) }
    }
  }
  return async (webhook) => {
    const { byteLength } = webhook.body
    if (waitingBytes + byteLength > mostWaitingBytes) return { code: 'webhook_busy' }
    waitingBytes += byteLength
    try {
      return await store(webhook)
    } finally {
      waitingBytes -= byteLength
    }
  }
}

type Parsed = { readonly ok: true; readonly json: unknown } | { readonly ok: false; readonly problem: WebhookProblem }

function parse(contentType: string | undefined, body: Uint8Array): Parsed {
  const [type = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim())
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.replace(/^charset=|"/g, '')
  if (type !== 'application/json' || (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8')) {
    return { ok: false, problem: { code: 'webhook_content_type', found: (contentType ?? '').slice(0, 100) } }
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return { ok: false, problem: { code: 'webhook_encoding' } }
  }
  if (tooDeep(text, deepest)) return { ok: false, problem: { code: 'webhook_depth', limit: deepest } }
  try {
    const json: unknown = JSON.parse(text)
    return { ok: true, json }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { ok: false, problem: { code: 'webhook_json', detail: detail.slice(0, 200) } }
  }
}
