import type { Clock } from '../../time/clock.ts'
import type { JsonObject } from '../../json.ts'
import type { ClusterName } from '../names.ts'
import type { ClusterProblem } from '../problems.ts'
import type { Answer } from './answers.ts'
import type { Breaker } from './breaker.ts'
import type { Deadline } from './deadline.ts'
import type { Ask, Response } from './exchange.ts'
import type { Link } from './link.ts'
import type { Limits, Log } from './settings.ts'
import type { IncomingHttpHeaders } from 'undici/types/header.js'
import { isJsonObject } from '../reading/fields.ts'
import { ClusterError } from '../problems.ts'
import { answerProblem, isAway, retryAfterMs } from './answers.ts'
import { createBreaker } from './breaker.ts'
import { callerHeaders } from './caller.ts'
import { createDeadline, DeadlineError } from './deadline.ts'
import { exchange, readBody } from './exchange.ts'
import { describeFault, faultProblem, isTlsFault } from './faults.ts'
import { createGate, CrowdedError } from './gate.ts'
import { jittered, pause, reasonOf, unlessAborted } from './waiting.ts'

export interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: JsonObject
}

/** Requests to one server with its pools, limits, breaker and retries. Throws `ClusterError`, or the reason of an abort from outside. */
export interface Transport {
  call(ask: Ask, deadline: Deadline): Promise<Received>
  /** Resolves when a good answer begins, within `ms`; then only `signal` or the body's end ends it. */
  open(ask: Ask, until: { readonly ms: number; readonly signal: AbortSignal }): Promise<Response['body']>
  health: Breaker['health']
}

export interface TransportParts {
  readonly cluster: ClusterName
  readonly clock: Clock
  readonly random: () => number
  readonly log: Log
  readonly limits: Limits
  /** Throws where the configuration names no usable server or credential. */
  readonly link: () => Promise<Link>
}

/** How one attempt ended. `again`: repeating it may help, and does no harm. */
type Outcome<Good> =
  | { readonly good: Good }
  | { readonly error: Error; readonly again: boolean; readonly afterMs?: number; readonly away: boolean }

type Use<Good> = (response: Response) => Promise<Good>

const tries = 3
const probeMs = 5_000
const errorBytes = 1024 * 1024

export function createTransport({ cluster, clock, random, log, limits, link }: TransportParts): Transport {
  const gates = {
    read: createGate({ limit: limits.reads, waiting: limits.waiting }),
    write: createGate({ limit: limits.writes, waiting: limits.waiting }),
  }
  const breaker = createBreaker({ clock, random, probe })

  async function probe(): Promise<void> {
    const deadline = createDeadline(clock, probeMs)
    const version: Ask = { method: 'GET', path: '/version', as: 'bot', kind: 'read' }
    try {
      const outcome = await attempt(version, { deadline, pool: 'calls', signal: deadline.signal, use: received })
      if ('error' in outcome && outcome.away) throw outcome.error
    } finally {
      deadline.end()
    }
  }

  async function attempt<Good>(
    ask: Ask,
    on: { deadline: Deadline; pool: 'calls' | 'streams'; signal: AbortSignal; use: Use<Good> },
  ): Promise<Outcome<Good>> {
    const { deadline } = on
    let stage: 'waiting' | 'connecting' | 'sent' = 'waiting'
    let leave: (() => void) | undefined
    try {
      leave = await gates[ask.kind].enter(deadline.signal)
      for (let proof = 0; ; proof += 1) {
        const { present, wire, headers } = await ready(ask, deadline.signal)
        stage = 'connecting'
        const response = await exchange(ask, {
          wire,
          headers,
          pool: on.pool,
          signal: on.signal,
          onSent: () => (stage = 'sent'),
        })
        if (response.statusCode < 300) {
          breaker.answered()
          return { good: await on.use(response) }
        }
        const answer = await answerOf(response)
        if (answer.status === 401) present.renew()
        // A refused credential changed nothing, so that even a write may be sent once more with a fresh one.
        if (answer.status !== 401 || proof > 0) return refused(answer)
      }
    } catch (error) {
      return failed(error, { stage, deadline })
    } finally {
      leave?.()
    }
  }

  /** Nothing is sent without a server and a credential; the plugin that is asked for one works on when we stop waiting. */
  async function ready(ask: Ask, signal: AbortSignal) {
    try {
      const present = await unlessAborted(link(), signal)
      const wire = await unlessAborted(present.wire(), signal)
      return { present, wire, headers: callerHeaders(ask.as, wire.as) }
    } catch (error) {
      if (signal.aborted) throw error
      throw problem({ code: 'cluster_unauthorized', cluster, detail: describeFault(error) }, error)
    }
  }

  function refused(answer: Answer): Outcome<never> {
    const away = isAway(answer)
    const error = problem(answerProblem(cluster, answer))
    const afterMs = retryAfterMs(answer)
    if (away) breaker.failed(`HTTP ${answer.status}`)
    else breaker.answered()
    return {
      error,
      away,
      again: away || answer.status === 429 || (answer.status >= 500 && afterMs !== undefined),
      ...(afterMs !== undefined && { afterMs }),
    }
  }

  async function failed(
    error: unknown,
    { stage, deadline }: { stage: 'waiting' | 'connecting' | 'sent'; deadline: Deadline },
  ): Promise<Outcome<never>> {
    if (error instanceof ClusterError) return { error, again: false, away: false }
    if (error instanceof CrowdedError)
      return {
        error: problem({ code: 'cluster_throttled', cluster, retryAfterMs: 1_000 }, error),
        again: true,
        away: false,
      }
    const { signal } = deadline
    const late = signal.aborted && signal.reason instanceof DeadlineError
    if (signal.aborted && !late) return { error: reasonOf(signal), again: false, away: false }
    const cause = late ? reasonOf(signal) : error
    if (stage !== 'waiting') breaker.failed(describeFault(cause))
    if (isTlsFault(cause)) (await link()).renew()
    log.debug({ cluster, stage, fault: describeFault(cause) }, 'request to the cluster failed')
    return {
      error: problem(faultProblem(cluster, { error: cause, sent: stage === 'sent' }), cause),
      again: !late,
      away: true,
    }
  }

  async function persist<Good>(
    ask: Ask,
    on: { deadline: Deadline; pool: 'calls' | 'streams'; signal: AbortSignal; use: Use<Good> },
  ): Promise<Good> {
    const { deadline } = on
    const retryAt = await unlessAborted(breaker.pass(), deadline.signal)
    if (retryAt !== undefined) throw problem({ code: 'cluster_resting', cluster, retryAt })
    for (let done = 1; ; done += 1) {
      const outcome = await attempt(ask, on)
      if ('good' in outcome) return outcome.good
      if (ask.kind === 'write' || !outcome.again || done >= tries) throw outcome.error
      const wait = outcome.afterMs ?? jittered(done, { baseMs: 200, capMs: 2_000, random })
      if (wait >= deadline.remaining()) throw outcome.error
      await pause(clock, wait, deadline.signal)
      if (deadline.signal.aborted) throw outcome.error
    }
  }

  async function received(response: Response): Promise<Received> {
    const { statusCode: status, headers } = response
    const bytes = await readBody(response, limits.answerBytes)
    if (!bytes) throw problem({ code: 'cluster_failed', cluster, status, detail: `> ${limits.answerBytes} bytes` })
    const text = bytes.toString('utf8')
    const body = parsed(text)
    if (!body) throw problem(answerProblem(cluster, { status, headers, text }))
    return { headers, body }
  }

  return {
    call: (ask, deadline) => persist(ask, { deadline, pool: 'calls', signal: deadline.signal, use: received }),
    open: async (ask, { ms, signal }) => {
      const deadline = createDeadline(clock, ms, signal)
      const controller = new AbortController()
      const abort = (): void => controller.abort(reasonOf(deadline.signal.aborted ? deadline.signal : signal))
      deadline.signal.addEventListener('abort', abort, { once: true })
      try {
        const body = await persist(ask, {
          deadline,
          pool: 'streams',
          signal: controller.signal,
          use: async (response) => response.body,
        })
        deadline.signal.removeEventListener('abort', abort)
        signal.addEventListener('abort', abort, { once: true })
        if (signal.aborted) abort()
        // A body that nobody reads any more may still fail; its reader has been told already.
        body.on('error', () => undefined).once('close', () => signal.removeEventListener('abort', abort))
        return body
      } finally {
        deadline.end()
      }
    },
    health: () => breaker.health(),
  }
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const bytes = await readBody(response, errorBytes)
  return { status: response.statusCode, headers: response.headers, text: bytes?.toString('utf8') ?? '' }
}

function problem(what: ClusterProblem, cause?: unknown): ClusterError {
  return new ClusterError(what, { cause })
}
