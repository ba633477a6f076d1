import type { ClusterAccess, LogLine, LogQuery } from '../clusters/cluster.ts'
import { createAssembler } from './entry.ts'
import { createFilter, isFiltered } from './filter.ts'
import type { FilterWish } from './filter.ts'
import { evenStamp, readable } from './line.ts'
import { createNewest } from './newest.ts'
import type { Newest, NewestLimits } from './newest.ts'
import type { Source } from './sources.ts'

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

export interface SourceTail {
  readonly found: Newest
  /** Lines that were looked at. */
  readonly lines: number
  /** Key of the first of them. */
  readonly from: string
  /** All that was wanted was read; older lines were not; or the newest were not. */
  readonly end: 'whole' | 'newest only' | 'cut'
}

interface SourceParts {
  readonly access: ClusterAccess
  readonly signal: AbortSignal
  readonly limits: NewestLimits
  /** How many containers are read for one answer: they share what may be read. */
  readonly containers: number
  /** Whether an entry of that key can still be shown. */
  readonly wants: (key: string) => boolean
}

/** Bytes read for one answer, in each try. Of one container a whole file of the kubelet at most, which rotates them at 10 MiB. */
const budget = { all: 128 * 1_048_576, most: 10 * 1_048_576, least: 1_048_576 }
/** The kubelet leaves off where the limit falls, some runtimes before the line that it falls into. */
const nearly = 0.98
/** How much of what could be read before the limit is asked for next. The first step suits lines that are all alike. */
const steps = [0.8, 1 / 8, 1 / 8, 1 / 8, 1 / 8]

/**
 * The newest entries of one container. The server can be limited in bytes from the oldest line on only, so that it is the newest that are missing
 * when a log is too large: it is asked again then for fewer lines, until they come to their end.
 */
export async function readTail(source: Source, query: TailQuery, parts: SourceParts): Promise<SourceTail> {
  const { all, most, least } = budget
  const limitBytes = Math.max(least, Math.min(most, Math.floor(all / parts.containers)))
  // With a filter the last matching lines may stand anywhere, so all is read and the filter decides.
  let tailLines = isFiltered(query.filter) ? undefined : query.tail
  for (let tries = 0; ; tries += 1) {
    const { isCut, ...read } = await readOnce(source, query, { ...parts, limitBytes, tailLines })
    if (parts.signal.aborted) return { ...read, end: 'cut' }
    if (!isCut) return { ...read, end: tries === 0 ? 'whole' : 'newest only' }
    const step = steps[tries]
    if (step === undefined || read.lines <= 1) return { ...read, end: 'cut' }
    tailLines = Math.max(1, Math.floor(read.lines * step))
  }
}

async function readOnce(
  { namespace, pod, container }: Source,
  { since, of, mask, filter: wish }: TailQuery,
  {
    access,
    signal,
    limits,
    wants,
    limitBytes,
    tailLines,
  }: SourceParts & { readonly limitBytes: number; readonly tailLines: number | undefined },
): Promise<Omit<SourceTail, 'end'> & { readonly isCut: boolean }> {
  const asked: LogQuery = {
    namespace,
    pod,
    container,
    limitBytes,
    ...(of === 'previous' ? { previous: true } : {}),
    ...(tailLines === undefined ? {} : { tailLines }),
    ...(since === undefined ? {} : { sinceTime: new Date(since).toISOString() }),
  }
  const filter = createFilter(wish)
  const found = createNewest(limits)
  let key = ''
  const assembler = createAssembler((entry) => {
    // Lines of one container keep their order, whatever their stamps say.
    if (entry.stamp > key) key = entry.stamp
    for (const one of filter.pass(entry)) found.add({ key, entry: one })
  })
  let stamp = ''
  let from = ''
  let bytes = 0
  let lines = 0
  for await (const line of access.logs(asked, signal)) {
    lines += 1
    bytes += bytesOf(line)
    stamp = evenStamp(line.stamp) || stamp
    if (lines === 1) from = stamp
    if (wants(stamp > key ? stamp : key)) assembler.add({ pod, container, stamp, text: readable(line, mask) })
  }
  assembler.flush()
  return { found, lines, from, isCut: bytes >= limitBytes * nearly }
}

/** As it came over the wire. */
const bytesOf = ({ stamp, text, cut = 0 }: LogLine): number => stamp.length + Buffer.byteLength(text) + cut + 2
