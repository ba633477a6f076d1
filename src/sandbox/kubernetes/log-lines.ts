import type { JsonObject } from '../../json.ts'
import type { ContainerRun } from './log-book.ts'
import { nameOf } from './objects.ts'
import { behaviourOf } from './pod-behaviour.ts'

/** One line of a log with the moment the kubelet stamped. */
export interface StampedLine {
  /** Epoch ms. */
  readonly at: number
  /** Nanoseconds within that ms. */
  readonly nanos: number
  readonly text: string
}

export interface ComputedLog {
  /** How many lines the container has written by itself by `now`. */
  own(now: number): number
  /** How many lines there are by `now`, those that were put in included. */
  count(now: number): number
  /** Undefined where a line that was put in is forgotten. */
  line(index: number): StampedLine | undefined
  /** When the line after the last one at `now` will be written; undefined when none will. */
  nextAt(now: number): number | undefined
}

const crashLines = 10

/** A log is a function of time: a burst at the start, then lines at a steady rate, and a panic at the end of a crash. Holds no text. */
export function computedLog(pod: JsonObject, run: ContainerRun): ComputedLog {
  const { logBurst, logRate, fate } = behaviourOf(pod)
  const crashing = fate === 'crash'
  const burst = crashing ? Math.min(logBurst, crashLines - 1) : logBurst
  const rate = crashing ? 0 : logRate
  const regular = (now: number) => {
    const until = Math.min(now, run.endedAt ?? now)
    return burst + Math.max(0, Math.floor(((until - run.startedAt) / 1000) * rate))
  }
  const panicAt = run.crashed ? run.endedAt : undefined
  const panicIndex = panicAt === undefined ? -1 : regular(panicAt)
  const own = (now: number) => regular(now) + (panicAt !== undefined && now >= panicAt ? 1 : 0)

  const ownLine = (index: number): StampedLine => {
    if (panicAt !== undefined && index === panicIndex)
      return {
        at: panicAt,
        nanos: 918_333,
        text: 'panic: runtime error: invalid memory address or nil pointer dereference',
      }
    const words = lineText(nameOf(pod), index)
    if (index >= burst && rate > 0) {
      const at = run.startedAt + ((index - burst + 1) / rate) * 1000
      return { at: Math.floor(at), nanos: Math.min(999_999, Math.floor((at % 1) * 1e6) + 333), text: words }
    }
    // Neighbours in the burst share a stamp, as lines of one write do.
    const micros = Math.floor(index / 2)
    return { at: run.startedAt + Math.floor(micros / 1000), nanos: (micros % 1000) * 1000 + 333, text: words }
  }

  /** The place of an extra line among all lines. */
  const placeOf = (position: number) => (run.extra[position]?.after ?? 0) + position + run.forgotten
  return {
    own,
    count: (now) => own(now) + run.extra.length + run.forgotten,
    line: (index) => {
      const before = run.extra.findIndex((_line, position) => placeOf(position) >= index)
      const position = before < 0 ? run.extra.length : before
      const extra = run.extra[position]
      if (extra !== undefined && placeOf(position) === index) return { at: extra.at, nanos: 0, text: extra.text }
      const ownIndex = index - position - run.forgotten
      return ownIndex < 0 ? undefined : ownLine(ownIndex)
    },
    nextAt: (now) => {
      if (run.endedAt !== undefined || rate === 0) return undefined
      return run.startedAt + ((regular(now) - burst + 1) / rate) * 1000
    },
  }
}

const levels = ['INFO', 'INFO', 'INFO', 'DEBUG', 'WARN', 'INFO', 'ERROR', 'INFO'] as const

/** Some lines are JSON, carry colour, Chinese, a code fence or a mention: what a reader must survive. */
function lineText(pod: string, index: number): string {
  switch (index % 50) {
    case 7:
      return `{"level":"error","seq":${index},"msg":"payment failed","code":502,"trace":"4bf92f3577b34da6a3ce929d0e0e4736"}`
    case 17:
      return `WARN seq=${index} 订单超时，正在重试 \`\`\`not a fence\`\`\` <!channel> & <b>`
    case 27:
      return `\u001B[31mERROR\u001B[0m seq=${index} connection reset by peer`
    default:
      return `${levels[index % levels.length]} seq=${index} pod=${pod} handled GET /api/cars/${(index * 7919) % 1000} in ${(index * 31) % 97}ms`
  }
}

/** `2026-01-01T00:00:00.123456789Z`: always nine digits, as the kubelet prints them. */
export function nanoStamp({ at, nanos }: Pick<StampedLine, 'at' | 'nanos'>): string {
  return new Date(at).toISOString().replace('Z', `${String(nanos).padStart(6, '0')}Z`)
}
