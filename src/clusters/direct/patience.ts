import type { Clock } from '../../time/clock.ts'
import { ClusterError } from '../problems.ts'
import { jittered, pause } from './waiting.ts'

/** How long to wait before a cut stream is opened again. */
export interface Patience {
  /** The stream has given something, or lived a while: the next opening need not wait. */
  proven(): void
  /** Returns at once after a stream that was proven; else after a jittered time that grows, and not before the cluster is asked again at all. */
  rest(error: unknown, signal: AbortSignal): Promise<void>
}

export function createPatience({ clock, random }: { readonly clock: Clock; readonly random: () => number }): Patience {
  let inVain = 0
  let proven = false
  return {
    proven: () => {
      proven = true
      inVain = 0
    },
    rest: async (error, signal) => {
      const least = leastWait(error, clock)
      const ms = proven ? 0 : jittered(inVain, { baseMs: 1_000, capMs: 30_000, random })
      if (!proven) inVain += 1
      proven = false
      if (Math.max(least, ms) > 0) await pause(clock, Math.max(least, ms), signal)
    },
  }
}

function leastWait(error: unknown, clock: Clock): number {
  if (!(error instanceof ClusterError)) return 0
  const { problem } = error
  if (problem.code === 'cluster_resting') return Math.max(0, problem.retryAt - clock.now())
  return problem.code === 'cluster_throttled' ? problem.retryAfterMs : 0
}

/** Does waiting cure it? What the server decided about this request stays decided. */
export function waitingCures(error: unknown): boolean {
  if (!(error instanceof ClusterError)) return true
  const { problem } = error
  switch (problem.code) {
    case 'cluster_unreachable':
    case 'cluster_resting':
    case 'cluster_no_answer':
    case 'cluster_throttled':
    case 'cluster_expired':
      return true
    case 'cluster_failed':
      return problem.status < 400 || problem.status >= 500
    default:
      return false
  }
}
