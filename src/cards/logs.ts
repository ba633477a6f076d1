import type { Message, Part } from '../chat/message.ts'
import { linesOf } from '../logs/entry.ts'
import { fileNameOf } from '../logs/file-text.ts'
import { isFiltered } from '../logs/filter.ts'
import type { FilterWish } from '../logs/filter.ts'
import type { Waiting } from '../logs/sources.ts'
import type { Tail } from '../logs/tail.ts'
import { entriesText } from './log-lines.ts'
import { say } from './problem.ts'
import type { Texts } from './texts/en.ts'

const mostNamed = 3

/** The last lines of workloads, once. */
export function logsCard(
  found: {
    readonly what: string
    readonly cluster: string
    readonly tail: Tail
    readonly filter: FilterWish
    readonly of: 'current' | 'previous'
  },
  { logs, problems, shared }: Texts,
): Message {
  const { what, cluster, tail, filter, of } = found
  const title = logs.title(what, cluster)
  const lines = tail.entries.reduce((sum, entry) => sum + linesOf(entry), 0)
  const aside = [logs.found(lines, tail.sources), ...(of === 'previous' ? [logs.previous] : [])].join(' · ')
  const none = tail.sources === 0 && tail.waiting.length === 0
  const nothing = none ? logs.noPods : isFiltered(filter) ? logs.noMatch(filter) : logs.noLines
  const failed = tail.failed.map(
    ({ pod, problem }) => `${logs.failed(pod)}${shared.colon}${say(problem, problems).sentence}`,
  )
  return {
    summary: `${title}${shared.colon}${aside}`,
    tone: 'neutral',
    parts: [
      { kind: 'title', text: title, aside },
      tail.entries.length === 0
        ? { kind: 'text', text: [nothing] }
        : { kind: 'code', text: entriesText(tail.entries), name: `${fileNameOf(what)}.log` },
      ...notes([
        ...named(failed, logs),
        ...named(
          tail.unfinished.map((source) => logs.unfinished(source)),
          logs,
        ),
        ...named(
          tail.partly.map(({ source, lines: read }) => logs.partly(source, read)),
          logs,
        ),
        ...(tail.short ? [logs.short] : []),
      ]),
      ...unreadNotes(tail, logs),
    ],
  }
}

/** Pods with nothing to read, in the cluster's words, and containers beyond the limit. */
export function unreadNotes(
  { waiting, over }: { readonly waiting: readonly Waiting[]; readonly over: number },
  logs: Texts['logs'],
): Part[] {
  const more = waiting.length - mostNamed
  const words = [
    ...waiting.slice(0, mostNamed).map(({ pod, reason }) => logs.waiting(pod, reason)),
    ...(more > 0 ? [logs.moreWaiting(more)] : []),
    ...(over > 0 ? [logs.over(over)] : []),
  ]
  return notes(words)
}

const notes = (words: readonly string[]): Part[] => words.map((text) => ({ kind: 'note', text: [`⚠ ${text}`] }))

/** The first of many sentences of a kind, and how many there are besides. */
const named = (sentences: readonly string[], logs: Texts['logs']): readonly string[] =>
  sentences.length > mostNamed
    ? [...sentences.slice(0, mostNamed), logs.moreAlike(sentences.length - mostNamed)]
    : sentences
