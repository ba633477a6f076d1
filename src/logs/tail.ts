import type { ClusterAccess, LogQuery } from '../clusters/cluster.ts'
import type { Pod } from '../clusters/nouns.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { ClusterProblem } from '../clusters/problems.ts'
import { byTime, readable } from './line.ts'
import type { ShownLine } from './line.ts'
import { sourcesOf } from './sources.ts'
import type { Source } from './sources.ts'

export interface TailQuery {
  readonly namespace: string
  readonly container: string | undefined
  /** Lines to show in all, after the filter. */
  readonly tail: number
  /** Epoch ms. */
  readonly since: number | undefined
  readonly of: 'current' | 'previous'
  /** Linear-time match (RE2). */
  readonly matches: (text: string) => boolean
  readonly mask: (text: string) => string
}

export interface Tail {
  readonly lines: readonly ShownLine[]
  readonly sources: number
  readonly failed: readonly { readonly pod: string; readonly problem: ClusterProblem }[]
}

/** Bytes read of one container at most, so that a filter over a huge log ends. */
const limitBytes = 5_000_000

/** The last lines of all pods in the order in which they were written. Holds `tail` lines of each container at most, never a whole log. */
export async function tailLogs(
  pods: readonly Pod[],
  query: TailQuery,
  { access, signal }: { readonly access: ClusterAccess; readonly signal: AbortSignal },
): Promise<Tail> {
  const sources = sourcesOf(pods, query.container)
  const failed: { pod: string; problem: ClusterProblem }[] = []
  const read = async (source: Source): Promise<readonly ShownLine[]> => {
    try {
      return await lastLines(source, query, { access, signal })
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error
      failed.push({ pod: source.pod, problem: error.problem })
      return []
    }
  }
  const all = (await Promise.all(sources.map(read))).flat().sort(byTime)
  return { lines: all.slice(-query.tail), sources: sources.length, failed }
}

async function lastLines(
  { pod, container }: Source,
  query: TailQuery,
  { access, signal }: { readonly access: ClusterAccess; readonly signal: AbortSignal },
): Promise<readonly ShownLine[]> {
  const filtered = query.matches !== everything
  const asked: LogQuery = {
    namespace: query.namespace,
    pod,
    container,
    limitBytes,
    ...(query.of === 'previous' ? { previous: true } : {}),
    // With a filter the last matching lines may stand anywhere, so all is read and the filter decides.
    ...(filtered ? {} : { tailLines: query.tail }),
    ...(query.since === undefined ? {} : { sinceTime: new Date(query.since).toISOString() }),
  }
  const kept: ShownLine[] = []
  for await (const { stamp, text } of access.logs(asked, signal)) {
    const shown = readable(text, query.mask)
    if (!query.matches(shown)) continue
    kept.push({ pod, stamp, text: shown })
    if (kept.length > 2 * query.tail) kept.splice(0, kept.length - query.tail)
  }
  return kept.slice(-query.tail)
}

/** No filter at all. */
export const everything = (): boolean => true
