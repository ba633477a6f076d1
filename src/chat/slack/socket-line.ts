import type { Clock } from '../../time/clock.ts'
import type { SlackProblem } from './problems.ts'
import type { ReportSlack } from './slack-report.ts'
import type { Link, LinkEvents } from './socket-link.ts'
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api'
import { finalRefusals } from './problems.ts'

/** Keeps one connection to Slack alive, opening the next before the present one is left where Slack gives notice. */
export interface SocketLine {
  start(): void
  stop(): Promise<void>
  /** Epoch ms of the last frame on the present connection; undefined without one. */
  lastFrameAt(): number | undefined
}

export interface LineParts {
  readonly open: (events: LinkEvents) => Promise<Link>
  readonly clock: Clock
  readonly report: ReportSlack
  readonly onUp: () => void
  /** Trying again is of no use. */
  readonly onFinal: (problem: SlackProblem) => void
}

const pauses = [200, 1000, 2000, 5000, 10_000, 30_000]
/** Without any frame for so long the connection is deaf, whatever it says of itself. */
const deafMs = 25_000
const watchEveryMs = 5000

const nothing = (): void => {}

export function createSocketLine({ open, clock, report, onUp, onFinal }: LineParts): SocketLine {
  const links = new Set<Link>()
  let present: Link | undefined
  let connecting = false
  let stopped = true
  let failures = 0
  let cancelRetry = nothing
  let cancelWatch = nothing
  let seenFrame: number | undefined
  let silentMs = 0
  let onEmpty = nothing

  async function connect(): Promise<void> {
    cancelRetry()
    if (stopped || connecting) return
    connecting = true
    let link: Link | undefined
    try {
      const opening: { link?: Link; leave?: string } = {}
      link = await open({
        onLeave: (reason) => {
          if (connecting && opening.link !== present) opening.leave = reason
          leave(opening.link, reason)
        },
        onEnd: () => lost(opening.link),
      })
      opening.link = link
      links.add(link)
      await link.opened
      connecting = false
      failures = 0
      const before = present
      present = link
      before?.retire()
      // Slack allows ten connections: of those being left, only the last is kept until it is quiet.
      for (const other of links) if (other !== link && other !== before) other.close()
      if (stopped) link.close()
      else onUp()
      if (opening.leave !== undefined) leave(link, opening.leave)
    } catch (error) {
      connecting = false
      link?.close()
      failed(error)
    }
  }

  function leave(link: Link | undefined, reason: string): void {
    report({ level: 'info', what: 'socket_leave', detail: reason })
    if (reason === 'link_disabled') return final({ code: 'slack_socket_disabled' })
    // Not open yet, or being left already.
    if (link === undefined || link !== present) return
    if (reason !== 'too_many_websockets') return void connect()
    link.close()
    present = undefined
    failures = Math.max(failures, 3)
    again(pauseOf(failures))
  }

  function lost(link: Link | undefined): void {
    if (link !== undefined) links.delete(link)
    if (links.size === 0) onEmpty()
    if (link !== present || stopped) return
    present = undefined
    report({ level: 'warn', what: 'socket_lost' })
    again(pauseOf(0))
  }

  function failed(error: unknown): void {
    if (stopped) return
    if (error instanceof WebAPIPlatformError && finalRefusals.has(error.data.error))
      return final({ code: 'slack_token_refused', token: 'app', reason: error.data.error })
    report({ level: 'warn', what: 'socket_failed', detail: String(error) })
    const asked = error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : 0
    again(Math.max(asked, pauseOf(failures)))
    failures += 1
  }

  function final(problem: SlackProblem): void {
    report({ level: 'error', what: 'socket_final', detail: JSON.stringify(problem) })
    halt()
    onFinal(problem)
  }

  function again(ms: number): void {
    cancelRetry()
    if (!stopped) cancelRetry = clock.after(ms, () => void connect())
  }

  /** Counts the looks without a new frame: the clock may be set back meanwhile. */
  function watch(): void {
    cancelWatch = clock.after(watchEveryMs, watch)
    const frame = present?.lastFrameAt()
    silentMs = frame === undefined || frame !== seenFrame ? 0 : silentMs + watchEveryMs
    seenFrame = frame
    if (present === undefined || silentMs < deafMs) return
    report({ level: 'error', what: 'socket_deaf' })
    const deaf = present
    present = undefined
    deaf.close()
    void connect()
  }

  function halt(): void {
    stopped = true
    cancelRetry()
    cancelWatch()
    present = undefined
    for (const link of links) link.close()
  }

  return {
    start: () => {
      if (!stopped) return
      stopped = false
      void connect()
      cancelWatch = clock.after(watchEveryMs, watch)
    },
    stop: async () => {
      halt()
      if (links.size > 0) await new Promise<void>((resolve) => (onEmpty = resolve))
    },
    lastFrameAt: () => present?.lastFrameAt(),
  }
}

function pauseOf(failures: number): number {
  return pauses[Math.min(failures, pauses.length - 1)] ?? 30_000
}
