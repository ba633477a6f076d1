import type { JsonObject } from '../../../json.ts'
import { createArgs } from './args.ts'
import type { Method, Workplace } from './method.ts'
import { RateLimit, Refusal } from './refusal.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: JsonObject
}

/** One call that was read completely: token, scope, rate, arguments, then the method itself. */
export function dispatch(call: {
  readonly method: Method | undefined
  readonly bearer: string | undefined
  readonly args: JsonObject | undefined
  readonly at: Workplace
}): Answer {
  const { method, at } = call
  try {
    if (method === undefined) throw new Refusal('unknown_method')
    if (call.args === undefined) throw new Refusal('invalid_form_data')
    const args = createArgs(call.args)
    checkToken(method, [call.bearer, args.text('token')], at)
    checkScope(method, at)
    if (method.tier !== 'special') {
      const wait = at.limits.method(method.name, method.tier)
      if (wait > 0) return tooMany(String(wait))
    }
    for (const name of method.requires) args.required(name)
    for (const name of Object.keys(call.args))
      if (!method.accepts.includes(name) && name !== 'token' && name !== 'team_id')
        at.findings.report('unknown_argument', method.name, name)
    return { status: 200, headers: scopeHeaders(method, at), body: { ok: true, ...method.run(args, at) } }
  } catch (error) {
    if (error instanceof RateLimit) return tooMany(String(error.seconds))
    if (!(error instanceof Refusal)) throw error
    return { status: 200, headers: {}, body: { ok: false, error: error.error, ...error.details } }
  }
}

/** `retryAfter` absent: the 429 without a header that the SDK does not retry. */
export function tooMany(retryAfter: string | undefined): Answer {
  return {
    status: 429,
    headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
    body: { ok: false, error: 'ratelimited' },
  }
}

function checkToken(method: Method, given: readonly (string | undefined)[], { world }: Workplace) {
  const { app } = world.state
  const tokens = given.filter((token) => token !== undefined)
  const [token] = tokens
  if (token === undefined) throw new Refusal('not_authed')
  if (tokens.some((other) => other !== token)) throw new Refusal('invalid_auth')
  if (token !== app.botToken && token !== app.appToken) throw new Refusal('invalid_auth')
  if (app.tokens !== 'valid') throw new Refusal(app.tokens === 'revoked' ? 'token_revoked' : 'token_expired')
  if (token !== (method.token === 'bot' ? app.botToken : app.appToken)) throw new Refusal('not_allowed_token_type')
}

const owned = (method: Method, { world }: Workplace) =>
  method.token === 'bot' ? world.state.app.scopes : world.state.app.appScopes

function checkScope(method: Method, at: Workplace) {
  const provided = owned(method, at)
  if (method.scopes.length === 0 || method.scopes.some((scope) => provided.includes(scope))) return
  throw new Refusal('missing_scope', { needed: method.scopes.join(','), provided: provided.join(',') })
}

function scopeHeaders(method: Method, at: Workplace) {
  return { 'x-oauth-scopes': owned(method, at).join(','), 'x-accepted-oauth-scopes': method.scopes.join(',') }
}
