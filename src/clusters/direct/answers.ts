import type { ClusterProblem } from '../problems.ts'
import type { IncomingHttpHeaders } from 'undici/types/header.js'
import { count, listOf, text } from '../reading/fields.ts'
import { cut } from './faults.ts'
import { z } from 'zod'

const Status = z.object({
  kind: z.literal('Status'),
  message: text,
  reason: text,
  details: z.object({ retryAfterSeconds: count, causes: listOf(z.object({ field: text, message: text })) }).nullish(),
})
type Status = z.infer<typeof Status>

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Beginning of the body, or all of it. */
  readonly text: string
}

/** `API server 1.37: a failed "test", and an operation whose path is not there, both answer exactly this. */
const patchRefused = 'the server rejected our request due to an error in our request'
/** RBAC and authorization webhooks alike: kubernetes/staging/…/responsewriters/errors.go. */
const notAuthorized = /\bcannot \S+ (?:resource|path) "/
const admission =
  /^admission webhook "|ValidatingAdmissionPolicy '|denied the request|exceeded quota|violates PodSecurity/

/** What an answer that is no success means. */
export function answerProblem(cluster: string, answer: Answer): ClusterProblem {
  const status = statusOf(answer.text)
  if (!status) return foreignProblem(cluster, answer)
  const detail = cut(status.message || status.reason)
  const causes = status.details?.causes ?? []
  switch (answer.status) {
    case 401:
      return { code: 'cluster_unauthorized', cluster, detail }
    case 403:
      return { code: isRefusedByRights(status) ? 'cluster_forbidden' : 'cluster_denied', cluster, detail }
    case 404:
      return { code: 'cluster_not_found', cluster, detail }
    case 409:
      return { code: 'cluster_conflict', cluster, detail }
    case 410:
      return { code: 'cluster_expired', cluster }
    case 422:
      if (status.message === patchRefused) return { code: 'cluster_moved', cluster }
      if (admission.test(status.message)) return { code: 'cluster_denied', cluster, detail }
      return {
        code: 'cluster_invalid',
        cluster,
        detail,
        fields: causes.map(({ field }) => field).filter((field) => field !== ''),
      }
    case 429:
      return { code: 'cluster_throttled', cluster, retryAfterMs: retryAfterMs(answer) ?? 1_000 }
    default:
      // A webhook chooses its own 4xx, and one without a dry run answers 400.
      if (answer.status < 500 && admission.test(status.message)) return { code: 'cluster_denied', cluster, detail }
      return { code: 'cluster_failed', cluster, status: answer.status, detail }
  }
}

/** `Retry-After` in seconds, or the same inside the Status; a date is not used by API servers. */
export function retryAfterMs({ headers, text: body }: Answer): number | undefined {
  const header = headers['retry-after']
  const seconds = Number(Array.isArray(header) ? header[0] : (header ?? statusOf(body)?.details?.retryAfterSeconds))
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined
}

/** Did the API server itself speak, or something that stands in front of it and found it away? */
export function isAway({ status, text: body }: Answer): boolean {
  return status === 502 || status === 503 || status === 504 || (status >= 500 && !statusOf(body))
}

/** Admission and deprecation warnings: `299 - "text"`, several to a header or one each. */
export function warningsIn(headers: IncomingHttpHeaders): readonly string[] {
  const lines = headers['warning'] ?? []
  return [lines]
    .flat()
    .flatMap((line) =>
      [...line.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, quoted = '']) => quoted.replaceAll(/\\(.)/g, '$1')),
    )
}

function isRefusedByRights({ message }: Status): boolean {
  return !message.startsWith('admission webhook "') && notAuthorized.test(message)
}

/** Not an API server's Status: a proxy, a load balancer, a login page. Never "not found": nobody looked. */
function foreignProblem(cluster: string, { status, headers, text: body }: Answer): ClusterProblem {
  const detail = foreignDetail(headers, body)
  if (status === 401) return { code: 'cluster_unauthorized', cluster, detail }
  if (status === 404 && body.trim() === '404 page not found') return { code: 'cluster_not_found', cluster, detail }
  if (status === 429)
    return { code: 'cluster_throttled', cluster, retryAfterMs: retryAfterMs({ status, headers, text: body }) ?? 1_000 }
  return { code: 'cluster_failed', cluster, status, detail }
}

function foreignDetail(headers: IncomingHttpHeaders, body: string): string {
  const { location } = headers
  if (typeof location === 'string') return cut(`→ ${location}`)
  const title = /<title>([^<]*)<\/title>/i.exec(body)?.[1]
  return cut((title ?? body.replaceAll(/<[^>]*>/g, ' ')).replaceAll(/\s+/g, ' ').trim())
}

function statusOf(body: string): Status | undefined {
  if (!body.startsWith('{')) return undefined
  try {
    return Status.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}
