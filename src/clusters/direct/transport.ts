import type { IncomingHttpHeaders } from 'undici/types/header.js'
import type { Clock } from '../../time/clock.ts'
import type { JsonObject } from '../../json.ts'
import type { ClusterName } from '../names.ts'
import { ClusterError } from '../problems.ts'
import type { ClusterProblem } from '../problems.ts'
import { isJsonObject } from '../reading/fields.ts'
import { answerProblem } from './answers.ts'
import { attempt } from './attempt.ts'
import type { AttemptParts, Sending } from './attempt.ts'
import { createBreaker } from './breaker.ts'
import type { Breaker } from './breaker.ts'
import { createDeadline, DeadlineError } from './deadline.ts'
import type { Deadline } from './deadline.ts'
import { readBody } from './exchange.ts'
import type { Ask, Response } from './exchange.ts'
import { faultProblem } from './faults.ts'
import { createGate } from './gate.ts'
import type { Link } from './link.ts'
import type { Limits, Log } from './settings.ts'
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

const tries = 3
const probeMs = 5_000

export function createTransport({ cluster, clock, random, log, limits, link }: TransportParts): Transport {
  const gates = {
    read: createGate({ limit: limits.reads, waiting: limits.waiting }),
    write: createGate({ limit: limits.writes, waiting: limits.waiting }),
  }
  const breaker = createBreaker({ clock, random, probe })
  const parts: AttemptParts = { cluster, log, gates, breaker, link }

  async function probe(): Promise<void> {
    const deadline = createDeadline(clock, probeMs)
    const version: Ask = { method: 'GET', path: '/version', as: 'bot', kind: 'read' }
    try {
      const outcome = await attempt(parts, version, { deadline, pool: 'calls', signal: deadline.signal, use: received })
      if ('error' in outcome && outcome.away) throw outcome.error
    } finally {
      deadline.end()
    }
  }

  /** The probe behind a rest that is over may take longer than this caller has. */
  async function rest(deadline: Deadline): Promise<number | undefined> {
    try {
      return await unlessAborted(breaker.pass(), deadline.signal)
    } catch (error) {
      if (!(error instanceof DeadlineError)) throw error
      throw new ClusterError(faultProblem(cluster, { error, sent: false }), { cause: error })
    }
  }

  async function persist<Good>(ask: Ask, sending: Sending<Good>): Promise<Good> {
    const { deadline } = sending
    const retryAt = await rest(deadline)
    if (retryAt !== undefined) throw problem({ code: 'cluster_resting', cluster, retryAt })
    for (let done = 1; ; done += 1) {
      const outcome = await attempt(parts, ask, sending)
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

function problem(what: ClusterProblem): ClusterError {
  return new ClusterError(what)
}
