import type { ClusterAccess } from '../clusters/cluster.ts'
import type { Pod } from '../clusters/nouns.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { ClusterProblem } from '../clusters/problems.ts'
import type { Entry } from './entry.ts'
import { createNewest } from './newest.ts'
import { sourcesOf } from './sources.ts'
import type { Source, Waiting } from './sources.ts'
import { readTail } from './tail-source.ts'
import type { TailQuery } from './tail-source.ts'

export interface Tail {
  readonly entries: readonly Entry[]
  readonly sources: number
  /** Containers beyond the limit. */
  readonly over: number
  readonly waiting: readonly Waiting[]
  readonly failed: readonly { readonly pod: string; readonly problem: ClusterProblem }[]
  /** Containers whose log is so large that only its newest lines were read, so many; older ones belong here as well. */
  readonly partly: readonly { readonly source: string; readonly lines: number }[]
  /** Containers that were not read to their end: the newest lines are what is missing. */
  readonly unfinished: readonly string[]
  /** There are fewer entries than asked for, because they are large. */
  readonly short: boolean
}

export interface TailParts {
  readonly access: ClusterAccess
  /** Ends the reading where it is. */
  readonly signal: AbortSignal
}

/** Characters of all entries that are shown, so that many large lines stay an answer that can be sent. */
const mostCharacters = 4_000_000
/** Containers read at a time. */
const together = 6

/** The last entries of all pods in the order in which they were written. Holds no more than it answers, and as much for each container being read. */
export async function tailLogs(pods: readonly Pod[], query: TailQuery, parts: TailParts): Promise<Tail> {
  const { sources, over, waiting } = sourcesOf(pods, query.container)
  const failed: { pod: string; problem: ClusterProblem }[] = []
  const partly: { source: string; lines: number; from: string }[] = []
  const unfinished: string[] = []
  const limits = { entries: query.tail, characters: mostCharacters }
  const newest = createNewest(limits)

  async function read(source: Source): Promise<void> {
    const name = `${source.pod}/${source.container}`
    try {
      const { found, lines, from, end } = await readTail(source, query, {
        ...parts,
        limits,
        containers: sources.length,
        wants: newest.wants,
      })
      for (const one of found.take()) newest.add(one)
      if (end === 'newest only') partly.push({ source: name, lines, from })
      if (end === 'cut') unfinished.push(name)
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error
      failed.push({ pod: source.pod, problem: error.problem })
    }
  }
  const queue = sources.values()
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (const source of queue) await read(source)
    }),
  )
  const entries = newest.take().map(({ entry }) => entry)
  return {
    entries,
    sources: sources.length,
    over,
    waiting,
    failed,
    // What was not read of the others is older than all that is answered.
    partly: partly.filter(({ from }) => newest.wants(from)).map(({ source, lines }) => ({ source, lines })),
    unfinished,
    short: newest.isShort(),
  }
}
