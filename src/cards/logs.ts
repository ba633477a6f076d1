import type { Message, Part } from '../chat/message.ts'
import type { FollowView } from '../logs/follows.ts'
import type { ShownLine } from '../logs/line.ts'
import type { Tail } from '../logs/tail.ts'
import { say } from './problem.ts'
import type { Texts } from './texts/en.ts'

/** A line with its time of day and, where several pods speak, the end of the pod's name. */
function lineText(line: ShownLine, several: boolean): string {
  const time = line.stamp.slice(11, 23)
  return several ? `${time} ${line.pod.slice(-5)} ${line.text}` : `${time} ${line.text}`
}

const linesText = (lines: readonly ShownLine[]): string => {
  const several = new Set(lines.map(({ pod }) => pod)).size > 1
  return lines.map((line) => lineText(line, several)).join('\n')
}

/** The last lines of a workload, once. */
export function logsCard(
  found: {
    readonly what: string
    readonly cluster: string
    readonly tail: Tail
    readonly pattern: string | undefined
    readonly of: 'current' | 'previous'
  },
  { reads, problems, shared }: Texts,
): Message {
  const { what, cluster, tail, pattern, of } = found
  const { logs } = reads
  const title = logs.title(what, cluster)
  const aside = [logs.lines(tail.lines.length, tail.sources), ...(of === 'previous' ? [logs.previous] : [])].join(' · ')
  const nothing = tail.sources === 0 ? logs.noPods : pattern === undefined ? logs.noLines : logs.noMatch(pattern)
  const failed: Part[] = tail.failed.slice(0, 3).map(({ pod, problem }) => ({
    kind: 'note',
    text: [`⚠ ${logs.failed(pod)}${shared.colon}${say(problem, problems).sentence}`],
  }))
  return {
    summary: `${title}${shared.colon}${aside}`,
    tone: 'neutral',
    parts: [
      { kind: 'title', text: title, aside },
      tail.lines.length === 0
        ? { kind: 'text', text: [nothing] }
        : { kind: 'code', text: linesText(tail.lines), name: `${what.replace('/', '-')}.log` },
      ...failed,
    ],
  }
}

/** The head of a follow: what is followed, how much has come, and Stop. */
export function followCard(
  { follow, pods, total, unseen, ended }: FollowView,
  { reads: { logs }, shared }: Texts,
): Message {
  const title = logs.title(`${follow.namespace}/${follow.name}`, follow.cluster)
  const state = ended === undefined ? logs.following(pods) : logs.ended[ended]
  return {
    summary: `${title}${shared.colon}${state}`,
    tone: ended === undefined ? 'working' : 'neutral',
    parts: [
      { kind: 'title', text: title, aside: state },
      { kind: 'note', text: [logs.tally(total, unseen)] },
      ...(ended === undefined
        ? [{ kind: 'buttons' as const, buttons: [{ action: 'logs.stop', value: follow.id, label: logs.stop }] }]
        : []),
    ],
  }
}

/** The window in its thread. */
export function followLinesCard({ lines }: FollowView, { reads: { logs } }: Texts): Message {
  return {
    summary: lines.at(-1)?.text.slice(0, 150) ?? logs.noLines,
    tone: 'neutral',
    parts: [lines.length === 0 ? { kind: 'text', text: [logs.noLines] } : { kind: 'code', text: fitting(lines) }],
  }
}

/** The newest lines that fit into one code block. */
function fitting(lines: readonly ShownLine[]): string {
  const kept: ShownLine[] = []
  let room = 2_800
  for (const line of [...lines].reverse()) {
    room -= lineText(line, true).length + 1
    if (room < 0) break
    kept.unshift(line)
  }
  return linesText(
    kept.length > 0 ? kept : lines.slice(-1).map((line) => ({ ...line, text: line.text.slice(0, 2_700) })),
  )
}
