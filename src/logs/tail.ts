import type { ClusterAccess, LogQuery } from '../clusters/cluster.ts'
import type { Pod } from '../clusters/nouns.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { ClusterProblem } from '../clusters/problems.ts'
import { createAssembler } from './entry.ts'
import type { Entry } from './entry.ts'
import { createFilter, isFiltered } from './filter.ts'
import type { FilterWish } from './filter.ts'
import { byTime, evenStamp, readable } from './line.ts'
import { sourcesOf } from './sources.ts'
import type { Source, Waiting } from './sources.ts'

export interface TailQuery {
  readonly container: string | undefined
  /** Entries to show in all, after the filter. */
  readonly tail: number
  /** Epoch ms. */
  readonly since: number | undefined
  readonly of: 'current' | 'previous'
  readonly filter: FilterWish
  readonly mask: (text: string) => string
}

export interface Tail {
  readonly entries: readonly Entry[]
  readonly sources: number
  /** Containers beyond the limit. */
  readonly over: number
  readonly waiting: readonly Waiting[]
  readonly failed: readonly { readonly pod: string; readonly problem: ClusterProblem }[]
}

interface TailParts {
  readonly access: ClusterAccess
  readonly signal: AbortSignal
}

/** Bytes read of one container at most, so that a filter over a huge log ends. */
const limitBytes = 5_000_000

/** The last entries of all pods in the order in which they were written. Holds `tail` of each container at most, never a whole log. */
export async function tailLogs(pods: readonly Pod[], query: TailQuery, parts: TailParts): Promise<Tail> {
  const { sources, over, waiting } = sourcesOf(pods, query.container)
  const failed: { pod: string; problem: ClusterProblem }[] = []
  const read = async (source: Source): Promise<readonly Entry[]> => {
    try {
      return await lastEntries(source, query, parts)
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error
      failed.push({ pod: source.pod, problem: error.problem })
      return []
    }
  }
  const all = (await Promise.all(sources.map(read))).flat().sort(byTime)
  return { entries: all.slice(-query.tail), sources: sources.length, over, waiting, failed }
}

async function lastEntries(
  { namespace, pod, container }: Source,
  query: TailQuery,
  { access, signal }: TailParts,
): Promise<readonly Entry[]> {
  const { tail, since, of, mask } = query
  const asked: LogQuery = {
    namespace,
    pod,
    container,
    limitBytes,
    ...(of === 'previous' ? { previous: true } : {}),
    // With a filter the last matching lines may stand anywhere, so all is read and the filter decides.
    ...(isFiltered(query.filter) ? {} : { tailLines: tail }),
    ...(since === undefined ? {} : { sinceTime: new Date(since).toISOString() }),
  }
  const filter = createFilter(query.filter)
  let kept: Entry[] = []
  let stamp = ''
  const assembler = createAssembler((entry) => {
    kept.push(...filter.pass(entry))
    if (kept.length > 2 * tail) kept = kept.slice(-tail)
  })
  for await (const line of access.logs(asked, signal)) {
    stamp = evenStamp(line.stamp) || stamp
    assembler.add({ pod, container, stamp, text: readable(line, mask) })
  }
  assembler.flush()
  return kept.slice(-tail)
}
