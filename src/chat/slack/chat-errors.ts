import type { ChatProblem } from '../chat.ts'
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import { ChatError } from '../chat.ts'

/** What a call was about, for the problem that may come of it. */
export interface CallContext {
  readonly method: string
  readonly channel?: string
  readonly ts?: string
}

const limited = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded'])
const unusable = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'channel_is_limited_access',
  'user_not_in_channel',
  'posting_to_channel_denied',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
])
const gone = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'is_inactive'])
const faultsOfSlack = new Set(['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable'])

/** The connection was never made, so the request never left. */
const unsent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|CERT_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/

/** Without `Retry-After` Slack says only that it is too much: half a minute is its usual answer. */
const defaultRetryMs = 30_000

/** What the SDK, undici or Slack itself threw, as the port tells it. Anything unknown counts as an unknown outcome. */
export function toChatError(error: unknown, context: CallContext): ChatError {
  if (error instanceof ChatError) return error
  return new ChatError(problemOf(error, context), { cause: error })
}

function problemOf(error: unknown, context: CallContext): ChatProblem {
  const { method } = context
  if (error instanceof WebAPIRateLimitedError)
    return { code: 'chat_rate_limited', method, retryAfterMs: error.retryAfter * 1000 }
  if (error instanceof WebAPIPlatformError) return refusal(error.data.error, context)
  if (error instanceof WebAPIHTTPError) return statusProblem(error.statusCode, method)
  const detail = detailOf(error)
  if (error instanceof WebAPIRequestError && codesOf(error).some((code) => unsent.test(code)))
    return { code: 'chat_unavailable', method, detail }
  return { code: 'chat_outcome_unknown', method, detail }
}

function refusal(reason: string, { method, channel = '', ts = '' }: CallContext): ChatProblem {
  if (limited.has(reason)) return { code: 'chat_rate_limited', method, retryAfterMs: defaultRetryMs }
  if (unusable.has(reason)) return { code: 'chat_channel_unusable', channel, reason }
  if (gone.has(reason)) return { code: 'chat_message_gone', channel, ts }
  if (faultsOfSlack.has(reason)) return { code: 'chat_outcome_unknown', method, detail: reason }
  return { code: 'chat_refused', method, reason }
}

/** For answers over plain HTTP. */
export function statusProblem(status: number, method: string, reason = `HTTP ${status}`): ChatProblem {
  if (status === 429) return { code: 'chat_rate_limited', method, retryAfterMs: defaultRetryMs }
  if (status >= 500 || status === 408) return { code: 'chat_outcome_unknown', method, detail: `HTTP ${status}` }
  return { code: 'chat_refused', method, reason }
}

/** Codes of an error and of what caused it, outermost first. */
function codesOf(error: unknown): readonly string[] {
  const codes: string[] = []
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1)
    if ('code' in cause && typeof cause.code === 'string') codes.push(cause.code)
  return codes
}

/** What lies at the bottom of an error that others wrapped: `connect ECONNREFUSED 127.0.0.1:8443`. */
export function innermost(error: unknown): string {
  let deepest = error
  for (let depth = 0; deepest instanceof Error && deepest.cause instanceof Error && depth < 5; depth += 1)
    deepest = deepest.cause
  return deepest instanceof Error ? deepest.message : String(deepest)
}

function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const codes = codesOf(error)
  return codes.length === 0 ? error.message : `${error.message} (${codes.at(-1)})`
}
