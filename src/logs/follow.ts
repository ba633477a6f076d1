import type { ClusterAccess } from '../clusters/cluster.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { Clock } from '../clock.ts'
import { readable } from './line.ts'
import type { ShownLine } from './line.ts'
import { sourcesOf } from './sources.ts'
import type { Source } from './sources.ts'

export interface FollowQuery {
  readonly namespace: string
  readonly selector: string
  readonly container: string | undefined
  readonly since: number | undefined
  readonly tail: number
  readonly matches: (text: string) => boolean
  readonly mask: (text: string) => string
}

export interface FollowParts {
  readonly access: ClusterAccess
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly onLine: (line: ShownLine) => void
  /** How many pods are followed now. */
  readonly onPods: (pods: number) => void
}

/** Pods come and go; they are counted anew this often. */
const podsEveryMs = 5_000

/** A container that cannot be read is tried again with the next count; anything else ends the follow. */
const curable = new Set([
  'cluster_not_found',
  'cluster_invalid',
  'cluster_failed',
  'cluster_no_answer',
  'cluster_unreachable',
  'cluster_resting',
  'cluster_throttled',
])

/**
 * Follows every pod of a selector until `signal` aborts. A cut stream is resumed below, by stamp; a restarted container or a new pod is
 * picked up with the next count and read from its beginning. Throws `ClusterError` for what waiting cannot cure.
 */
export async function followLogs(query: FollowQuery, parts: FollowParts): Promise<void> {
  const { access, signal } = parts
  const reading = new Map<string, Promise<void>>()
  const seen = new Map<string, string>()
  let fatal: Error | undefined
  let round = 0

  const read = async (key: string, source: Source): Promise<void> => {
    const last = seen.get(key)
    const from = last === undefined ? firstLook(query, round) : { sinceTime: last }
    try {
      for await (const { stamp, text } of access.logs(
        { namespace: query.namespace, ...source, follow: true, ...from },
        signal,
      )) {
        if (last !== undefined && stamp <= last) continue
        seen.set(key, stamp)
        const shown = readable(text, query.mask)
        if (query.matches(shown)) parts.onLine({ pod: source.pod, stamp, text: shown })
      }
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error
      if (!curable.has(error.problem.code)) fatal = error
    }
  }

  while (!signal.aborted) {
    const pods = await access.pods({ namespace: query.namespace, selector: query.selector })
    const sources = sourcesOf(pods, query.container)
    const alive = new Set(sources.map(keyOf))
    for (const source of sources) {
      const key = keyOf(source)
      if (reading.has(key)) continue
      const stream = read(key, source)
        .catch((error: unknown) => {
          if (!signal.aborted) fatal = error instanceof Error ? error : new Error(String(error))
        })
        .finally(() => reading.delete(key))
      reading.set(key, stream)
    }
    for (const key of seen.keys()) if (!alive.has(key) && !reading.has(key)) seen.delete(key)
    parts.onPods(alive.size)
    round += 1
    await pause(podsEveryMs, parts)
    if (fatal !== undefined) throw fatal
  }
  await Promise.allSettled(reading.values())
}

const keyOf = ({ pod, container }: Source): string => `${pod}/${container}`

/** Pods that are there at the start show their last lines, or those since a moment; pods that come later show everything. */
function firstLook(
  { since, tail }: FollowQuery,
  round: number,
): { readonly sinceTime?: string; readonly tailLines?: number } {
  if (since !== undefined) return { sinceTime: new Date(since).toISOString() }
  return round === 0 ? { tailLines: tail } : {}
}

function pause(ms: number, { clock, signal }: Pick<FollowParts, 'clock' | 'signal'>): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const cancel = clock.after(ms, done)
    function done(): void {
      cancel()
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
}
