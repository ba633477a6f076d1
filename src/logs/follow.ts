import { setMaxListeners } from 'node:events'
import type { ClusterAccess } from '../clusters/cluster.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { Pod } from '../clusters/nouns.ts'
import type { Clock } from '../time/clock.ts'
import type { Budget } from './budget.ts'
import { evenStamp, readable, stampAt } from './line.ts'
import type { ShownLine } from './line.ts'
import { sourcesOf } from './sources.ts'
import type { Source, Waiting } from './sources.ts'
import type { StreamState } from './streams.ts'

/** The pods of one workload, or of a selector that somebody typed. */
export interface Chosen {
  readonly namespace: string
  readonly selector: string
}

export interface FollowQuery {
  readonly chosen: readonly Chosen[]
  readonly container: string | undefined
  /** Epoch ms. */
  readonly since: number | undefined
  /** Last lines of each container that is there at the beginning; containers that come later are read whole. */
  readonly tail: number
  readonly mask: (text: string) => string
}

/** What is followed at a moment. */
export interface Following {
  readonly pods: number
  /** Containers beyond the limit. */
  readonly over: number
  readonly waiting: readonly Waiting[]
}

export interface FollowParts {
  readonly access: ClusterAccess
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly budget: Budget
  /** Where it answers with a promise, nothing more of that source is read until it resolves. */
  readonly onLine: (line: ShownLine, source: string) => Promise<void> | undefined
  readonly onFollowing: (following: Following) => void
  readonly onStream: (source: string, state: StreamState) => void
  /** So many runs of a container came and went without being seen. */
  readonly onMissed: (pod: string, runs: number) => void
}

/** A container that cannot be read is tried again after this long, doubled each time; what else goes wrong ends the follow. */
const retryMs = { first: 1_000, most: 30_000 }
const curable = new Set([
  'cluster_not_found',
  'cluster_invalid',
  'cluster_failed',
  'cluster_no_answer',
  'cluster_unreachable',
  'cluster_resting',
  'cluster_throttled',
])

/** What is known of one container. */
interface Known {
  reading: boolean
  /** The last run that was read to its end. */
  finished: number
  stamp: string
  /** Not before (epoch ms). */
  notBefore: number
  waitMs: number
  readonly beginning: Beginning
}

type Beginning = { readonly sinceTime?: string; readonly tailLines?: number }

/**
 * Follows all containers that are chosen until `signal` aborts: each run of each is read once, to its end. A cut stream is resumed below, by
 * stamp. Throws `ClusterError` for what waiting cannot cure.
 */
export async function followLogs(query: FollowQuery, parts: FollowParts): Promise<void> {
  const { access, clock, onLine, onStream } = parts
  const stop = new AbortController()
  const signal = AbortSignal.any([parts.signal, stop.signal])
  // Every stream listens to it.
  setMaxListeners(0, signal)
  const containers = new Map<string, Known>()
  const present = new Map<Chosen, readonly Pod[]>()
  const working = new Set<Promise<void>>()
  const retries = new Set<() => void>()
  let fatal: Error | undefined
  let settled = false

  const fail = (error: unknown): void => {
    if (!signal.aborted) fatal = error instanceof Error ? error : new Error(String(error))
    stop.abort()
  }

  async function read(source: Source, known: Known): Promise<void> {
    const { namespace, pod, container } = source
    const key = keyOf(source)
    const again = known.finished >= 0
    const from = again ? {} : known.beginning
    const before = known.stamp
    let run = source.restarts
    const heed = {
      opened: ({ restarts }: { readonly restarts: number }) => {
        run = restarts
        known.waitMs = 0
        if (again && restarts > known.finished + 1) parts.onMissed(pod, restarts - known.finished - 1)
        onStream(key, 'standing')
      },
      cut: () => onStream(key, 'behind'),
    }
    try {
      for await (const line of access.logs({ namespace, pod, container, follow: true, ...from }, signal, heed)) {
        const stamp = evenStamp(line.stamp) || known.stamp || stampAt(clock.now())
        // Where it could not be told which run a stream belongs to, its lines may have been seen.
        if (again && stamp <= before) continue
        known.stamp = stamp
        if (!parts.budget.admit(key)) continue
        const wait = onLine({ pod, container, stamp, text: readable(line, query.mask) }, key)
        if (wait) await wait
      }
      known.finished = Math.max(known.finished, run)
    } catch (error) {
      if (!(error instanceof ClusterError) || !curable.has(error.problem.code)) throw error
      known.waitMs = Math.min(retryMs.most, known.waitMs * 2 || retryMs.first)
      known.notBefore = clock.now() + known.waitMs
      const cancel = clock.after(known.waitMs, () => {
        retries.delete(cancel)
        look()
      })
      retries.add(cancel)
    } finally {
      known.reading = false
      onStream(key, 'over')
    }
  }

  function begin(source: Source, known: Known): void {
    known.reading = true
    // What cannot be opened is waited for once, not at each try.
    if (known.waitMs === 0) onStream(keyOf(source), 'beginning')
    const work = read(source, known)
      .then(look, fail)
      .finally(() => working.delete(work))
    working.add(work)
  }

  function look(): void {
    if (signal.aborted) return
    const pods = [...present.values()].flat()
    const { sources, over, waiting } = sourcesOf(distinct(pods), query.container)
    const alive = new Set(sources.map(keyOf))
    for (const source of sources) {
      const key = keyOf(source)
      const known = containers.get(key) ?? newlyKnown(beginningOf(query, settled ? 'later' : 'at first'))
      containers.set(key, known)
      if (known.reading || known.finished >= source.restarts || clock.now() < known.notBefore) continue
      begin(source, known)
    }
    for (const [key, { reading }] of containers) if (!alive.has(key) && !reading) containers.delete(key)
    parts.onFollowing({ pods: new Set(sources.map(({ uid }) => uid)).size, over, waiting })
  }

  async function watch(chosen: Chosen): Promise<void> {
    for await (const pods of access.watchPods(chosen, signal)) {
      present.set(chosen, pods)
      look()
      // Pods of this moment show their last lines; those that come later show everything.
      if (present.size === query.chosen.length) settled = true
    }
  }

  const watching = query.chosen.map((chosen) => watch(chosen).catch(fail))
  await Promise.all(watching)
  for (const cancel of retries) cancel()
  while (working.size > 0) await Promise.all(working)
  if (fatal !== undefined) throw fatal
}

const keyOf = ({ uid, container }: Source): string => `${uid}/${container}`

const newlyKnown = (beginning: Beginning): Known => ({
  reading: false,
  finished: -1,
  stamp: '',
  notBefore: 0,
  waitMs: 0,
  beginning,
})

function beginningOf({ since, tail }: FollowQuery, there: 'at first' | 'later'): Beginning {
  if (since !== undefined) return { sinceTime: new Date(since).toISOString() }
  return there === 'later' ? {} : { tailLines: tail }
}

/** A pod may belong to several of what was chosen. */
const distinct = (pods: readonly Pod[]): readonly Pod[] => [...new Map(pods.map((pod) => [pod.uid, pod])).values()]
