import type { Turn } from '../store/turn.ts'
import type { Clock } from '../time/clock.ts'
import { createRoutine } from '../time/routine.ts'

/** A cupboard that fills up: forgets a bounded number of old things and answers how many. */
export type Chore = () => Promise<number>

export interface Housekeeping {
  start(): void
  /** Resolves when nothing is under way. */
  stop(): Promise<void>
}

const everyMs = 60_000
/** Between two helpings of a backlog, so that tidying never keeps anybody waiting. */
const breathMs = 250

/** Forgets what nobody needs any more, on one replica at a time. */
export function createHousekeeping(parts: {
  readonly clock: Clock
  readonly turn: Turn
  readonly chores: Readonly<Record<string, Chore>>
  readonly report: (error: unknown, about: string) => void
}): Housekeeping {
  const { clock, turn, chores, report } = parts
  let stopped = true

  async function tidy(): Promise<number> {
    if (!turn.mine()) return 0
    let forgotten = 0
    for (const [about, chore] of Object.entries(chores)) {
      if (stopped) return 0
      forgotten += await chore().catch((error: unknown) => {
        report(error, about)
        return 0
      })
    }
    return forgotten
  }

  const routine = createRoutine({
    clock,
    round: async () => ((await tidy()) > 0 ? breathMs : everyMs),
    onFault: (error) => report(error, 'housekeeping'),
    restAfterFaultMs: everyMs,
  })

  return {
    start: () => {
      stopped = false
      routine.wake(breathMs)
    },
    stop: () => {
      stopped = true
      return routine.stop()
    },
  }
}
