import type { Clock } from '../time/clock.ts'

/** Something to wait at: rung by events, or by the clock when nothing comes. */
export interface Bell {
  ring(): void
  /** Resolves when it is rung, was rung since the last wait, or after `ms`. One waits at a time. */
  wait(ms: number): Promise<void>
}

export function createBell(clock: Clock): Bell {
  let rung = false
  let wake: (() => void) | undefined
  return {
    ring: () => {
      rung = true
      wake?.()
    },
    wait: async (ms) => {
      if (!rung && ms > 0) {
        await new Promise<void>((resolve) => {
          const cancel = clock.after(ms, resolve)
          wake = () => {
            cancel()
            resolve()
          }
        })
      }
      rung = false
      wake = undefined
    },
  }
}
