import { ClusterError } from '../problems.ts'
import type { ClusterName } from '../names.ts'
import type { ClusterProblem } from '../problems.ts'
import { answerProblem, isAway, retryAfterMs } from './answers.ts'
import type { Answer } from './answers.ts'
import type { Breaker } from './breaker.ts'
import { callerHeaders } from './caller.ts'
import { DeadlineError } from './deadline.ts'
import type { Deadline } from './deadline.ts'
import { exchange, readBody } from './exchange.ts'
import type { Ask, Response } from './exchange.ts'
import { describeFault, faultProblem, isTlsFault } from './faults.ts'
import { CrowdedError } from './gate.ts'
import type { Gate } from './gate.ts'
import type { Link } from './link.ts'
import type { Log } from './settings.ts'
import { reasonOf, unlessAborted } from './waiting.ts'

/** How one attempt ended. `again`: repeating it may help, and does no harm; `away`: whoever answered was not the API server, if anybody did. */
export type Outcome<Good> =
  | { readonly good: Good }
  | { readonly error: Error; readonly again: boolean; readonly afterMs?: number; readonly away: boolean }

/** How one request is sent and what is made of a good answer. */
export interface Sending<Good> {
  readonly deadline: Deadline
  readonly pool: 'calls' | 'streams'
  readonly signal: AbortSignal
  readonly use: (response: Response) => Promise<Good>
}

export interface AttemptParts {
  readonly cluster: ClusterName
  readonly log: Log
  readonly gates: Readonly<Record<Ask['kind'], Gate>>
  readonly breaker: Pick<Breaker, 'answered' | 'failed'>
  /** Throws where the configuration names no usable server or credential. */
  readonly link: () => Promise<Link>
}

type Stage = 'waiting' | 'connecting' | 'sent'

const errorBytes = 1024 * 1024

/** Sends a request once, or twice where a credential had to be renewed, and tells the breaker how the server behaved. */
export async function attempt<Good>(
  parts: AttemptParts,
  ask: Ask,
  { deadline, pool, signal, use }: Sending<Good>,
): Promise<Outcome<Good>> {
  const { gates, breaker } = parts
  let stage: Stage = 'waiting'
  let leave: (() => void) | undefined
  try {
    leave = await gates[ask.kind].enter(deadline.signal)
    for (let proof = 0; ; proof += 1) {
      const { present, wire, headers } = await ready(parts, ask, deadline.signal)
      stage = 'connecting'
      const onSent = (): void => void (stage = 'sent')
      const response = await exchange(ask, { wire, headers, pool, signal, onSent })
      if (response.statusCode < 300) {
        breaker.answered()
        return { good: await use(response) }
      }
      const answer = await answerOf(response)
      if (answer.status === 401) present.renew()
      // A refused credential changed nothing, so that even a write may be sent once more with a fresh one.
      if (answer.status !== 401 || proof > 0) return refused(parts, answer)
    }
  } catch (error) {
    return failed(parts, error, { stage, deadline })
  } finally {
    leave?.()
  }
}

/** Nothing is sent without a server and a credential; the plugin that is asked for one works on when we stop waiting. */
async function ready({ cluster, link }: AttemptParts, ask: Ask, signal: AbortSignal) {
  try {
    const present = await unlessAborted(link(), signal)
    const wire = await unlessAborted(present.wire(), signal)
    return { present, wire, headers: callerHeaders(ask.as, wire.as) }
  } catch (error) {
    if (signal.aborted) throw error
    throw problem({ code: 'cluster_unauthorized', cluster, detail: describeFault(error) }, error)
  }
}

function refused({ cluster, breaker }: AttemptParts, answer: Answer): Outcome<never> {
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
  { cluster, breaker, link, log }: AttemptParts,
  error: unknown,
  { stage, deadline }: { readonly stage: Stage; readonly deadline: Deadline },
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

async function answerOf(response: Response): Promise<Answer> {
  const bytes = await readBody(response, errorBytes)
  return { status: response.statusCode, headers: response.headers, text: bytes?.toString('utf8') ?? '' }
}

function problem(what: ClusterProblem, cause?: unknown): ClusterError {
  return new ClusterError(what, { cause })
}
