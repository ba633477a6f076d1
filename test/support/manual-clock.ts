import type { Clock } from '../../src/time/clock.ts'
import { setImmediate } from 'node:timers/promises'

export interface ManualClock extends Clock {
  /** Moves time on, running timers as they fall due, earliest first, and lets promises settle after each. */
  advance(ms: number): Promise<void>
  /** Shows an earlier time from now on, as after a correction of the machine's clock; timers wait no longer for it. */
  setBack(ms: number): void
  /** Lets promises settle without moving time. */
  settle(): Promise<void>
  /** Timers that still wait; zero after a clean stop. */
  pending(): number
}

interface Timer {
  at: number
  readonly order: number
  readonly task: () => void
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await setImmediate()
}

/** A clock that stands still until a test moves it. Starts at a round moment in 2026 unless told (epoch ms). */
export function createManualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start
  let order = 0
  const timers = new Set<Timer>()

  const earliest = (until: number): Timer | undefined => {
    let found: Timer | undefined
    for (const timer of timers) {
      if (timer.at > until) continue
      if (found === undefined || timer.at < found.at || (timer.at === found.at && timer.order < found.order))
        found = timer
    }
    return found
  }

  return {
    now: () => now,
    after: (ms, task) => {
      order += 1
      const timer = { at: now + Math.max(0, ms), order, task }
      timers.add(timer)
      return () => {
        timers.delete(timer)
      }
    },
    advance: async (ms) => {
      const until = now + ms
      await settle()
      for (let timer = earliest(until); timer !== undefined; timer = earliest(until)) {
        timers.delete(timer)
        now = Math.max(now, timer.at)
        timer.task()
        await settle()
      }
      now = until
    },
    setBack: (ms) => {
      now -= ms
      for (const timer of timers) timer.at -= ms
    },
    settle,
    pending: () => timers.size,
  }
}
