import type { Clock } from '../time/clock.ts'
import type { Turn } from '../store/turn.ts'

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
  let working: Promise<void> = Promise.resolve()
  let cancel = (): void => {}

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

  async function round(): Promise<void> {
    const forgotten = await tidy()
    if (!stopped) cancel = clock.after(forgotten > 0 ? breathMs : everyMs, next)
  }

  function next(): void {
    working = round()
  }

  return {
    start: () => {
      if (!stopped) return
      stopped = false
      cancel = clock.after(breathMs, next)
    },
    stop: async () => {
      stopped = true
      cancel()
      await working
      cancel()
    },
  }
}
