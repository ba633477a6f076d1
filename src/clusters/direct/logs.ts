import type { Clock } from '../../time/clock.ts'
import type { LogHeed, LogLine, LogQuery } from '../cluster.ts'
import type { Client } from './client.ts'
import type { ContainerRun } from './log-container.ts'
import type { LogResume } from './log-resume.ts'
import type { Limits, Log } from './settings.ts'
import { ClusterError } from '../problems.ts'
import { faultProblem } from './faults.ts'
import { containerRun } from './log-container.ts'
import { createLogReader } from './log-lines.ts'
import { createLogResume } from './log-resume.ts'
import { resourcePath } from './paths.ts'
import { createPatience, waitingCures } from './patience.ts'
import { chunksOf } from './stream.ts'

export interface LogParts {
  readonly cluster: string
  readonly client: Client
  readonly clock: Clock
  readonly random: () => number
  readonly limits: Limits
  readonly log: Log
  readonly heed?: LogHeed
}

type Batches = AsyncGenerator<readonly LogLine[]>

/** A stream that lived so long was worth opening, even if nothing was said. */
const soundMs = 5_000

/** Lines of one container in batches, as they come off the wire. */
export async function* readLog(parts: LogParts, query: LogQuery, signal: AbortSignal): Batches {
  try {
    if (query.follow && !query.previous) yield* followLog(parts, query, signal)
    else yield* oneStream(parts, { query, signal, resume: createLogResume() })
  } catch (error) {
    if (signal.aborted) return
    if (error instanceof ClusterError) throw error
    throw new ClusterError(faultProblem(parts.cluster, { error, sent: true }), { cause: error })
  }
}

/** Ends with the run of the container that it began with. What that run said while the stream was cut is fetched as `previous`. */
async function* followLog(parts: LogParts, query: LogQuery, signal: AbortSignal): Batches {
  const { client, clock, heed } = parts
  const resume = createLogResume()
  const patience = createPatience(parts)
  const began = clock.now()
  let opened = false
  let run: ContainerRun | undefined
  while (!signal.aborted) {
    const openedAt = clock.now()
    let fault: unknown
    try {
      run ??= await containerRun(client, query)
      const now = opened ? reopening(query, { resume, seconds: Math.ceil((clock.now() - began) / 1_000) }) : query
      const onOpen = (): void => {
        opened = true
        heed?.opened({ restarts: run?.restarts ?? 0 })
      }
      for await (const batch of oneStream(parts, { query: now, signal, resume, onOpen })) {
        if (batch.length > 0) patience.proven()
        yield batch
      }
      if (query.limitBytes !== undefined) return
    } catch (error) {
      if (signal.aborted) return
      if (!opened || !waitingCures(error)) throw error
      fault = error
    }
    if (signal.aborted) return
    heed?.cut()
    if (clock.now() - openedAt >= soundMs) patience.proven()
    const next = await nextStep(parts, { query, run, fault })
    if (next === 'drain') yield* lastWords(parts, { query, signal, resume })
    if (next !== 'reopen') return
    await patience.rest(fault, signal)
    resume.reopened()
  }
}

/** What a stream's end means, by what the pod says of the container now. */
async function nextStep(
  { client }: LogParts,
  { query, run, fault }: { query: LogQuery; run: ContainerRun | undefined; fault: unknown },
): Promise<'reopen' | 'drain' | 'end'> {
  try {
    const now = await containerRun(client, query)
    if (now === undefined || now.pod !== run?.pod) return 'end'
    if (now.restarts > run.restarts) return 'drain'
    return now.running || fault !== undefined ? 'reopen' : 'end'
  } catch (error) {
    if (waitingCures(error)) return 'reopen'
    throw error
  }
}

/** The rest of a run that is over: its log is now the previous one, until the container restarts once more. */
async function* lastWords(
  parts: LogParts,
  { query, signal, resume }: { query: LogQuery; signal: AbortSignal; resume: LogResume },
): Batches {
  const sinceTime = resume.since()
  if (sinceTime === undefined) return
  const { namespace, pod, container } = query
  resume.reopened()
  try {
    yield* oneStream(parts, { query: { namespace, pod, container, previous: true, sinceTime }, signal, resume })
  } catch (error) {
    // Gone with the next restart or the pod: there is nothing left that could be shown.
    parts.log.debug({ pod, fault: error }, 'the end of a container log could not be read')
  }
}

async function* oneStream(
  { client, clock, limits }: LogParts,
  { query, signal, resume, onOpen }: { query: LogQuery; signal: AbortSignal; resume: LogResume; onOpen?: () => void },
): Batches {
  const { namespace, pod } = query
  const path = `${resourcePath({ apiVersion: 'v1', resource: 'pods', namespace, name: pod })}/log`
  const body = await client.open(path, { query: parameters(query), signal })
  onOpen?.()
  const reader = createLogReader(limits.logLineBytes)
  for await (const chunk of chunksOf(body, { clock, idleMs: limits.idleStreamMs })) {
    const fresh = resume.fresh(reader.push(chunk))
    if (fresh.length > 0) yield fresh
  }
  // Only here, after a whole answer: the rest of a cut one comes again, complete.
  const rest = resume.fresh(reader.end())
  if (rest.length > 0) yield rest
}

/** Where nothing was read yet, the same question again; `tailLines: 0` then means "from when I first asked". */
function reopening(
  { tailLines, sinceSeconds, ...query }: LogQuery,
  { resume, seconds }: { resume: LogResume; seconds: number },
): LogQuery {
  const sinceTime = resume.since()
  if (sinceTime !== undefined) return { ...query, sinceTime }
  if (tailLines === 0) return { ...query, sinceSeconds: seconds + 1 }
  return {
    ...query,
    ...(tailLines !== undefined && { tailLines }),
    ...(sinceSeconds !== undefined && { sinceSeconds: sinceSeconds + seconds }),
  }
}

function parameters(query: LogQuery): Readonly<Record<string, string>> {
  const { container, follow, previous, tailLines, sinceSeconds, sinceTime, limitBytes } = query
  return {
    container,
    timestamps: 'true',
    ...(follow && { follow: 'true' }),
    ...(previous && { previous: 'true' }),
    ...(tailLines !== undefined && { tailLines: String(tailLines) }),
    ...(sinceSeconds !== undefined && { sinceSeconds: String(Math.max(1, Math.ceil(sinceSeconds))) }),
    ...(sinceTime !== undefined && { sinceTime }),
    ...(limitBytes !== undefined && { limitBytes: String(limitBytes) }),
  }
}
