import type { Follows } from '../logs/follows.ts'
import { forgetFinished } from '../operations/retention.ts'
import { askForReviews } from '../operations/reviews.ts'
import type { PolicySource } from '../policy/source.ts'
import { forgetReceived } from '../reception/received.ts'
import { createLeases } from '../store/leases.ts'
import type { Clock } from '../time/clock.ts'
import { createRoutine } from '../time/routine.ts'
import type { Alerting } from './alerting.ts'
import type { Foundation } from './foundation.ts'

/** A cupboard that fills up: forgets a bounded number of old things and answers how many. */
type Chore = () => Promise<number>

export interface Housekeeping {
  start(): void
  /** Resolves when nothing is under way. */
  stop(): Promise<void>
}

const everyMs = 60_000
/** Between two helpings of a backlog, so that tidying never keeps anybody waiting. */
const breathMs = 250

/** Forgets what nobody needs any more, on one replica at a time. */
export function createHousekeeping(
  { store, turn }: Pick<Foundation, 'store' | 'turn'>,
  parts: {
    readonly clock: Clock
    readonly policy: Pick<PolicySource, 'current'>
    readonly follows: Pick<Follows, 'recover'>
    readonly alerting: Pick<Alerting, 'forget'>
    readonly report: (error: unknown, about: string) => void
  },
): Housekeeping {
  const { clock, policy, follows, alerting, report } = parts
  const chores: Readonly<Record<string, Chore>> = {
    received: () => forgetReceived(store),
    leases: () => createLeases(store, 'housekeeping').forget(500),
    operations: () => forgetFinished(store),
    reviews: () => askForReviews(store, policy.current().breakGlass.reviewMs),
    follows: () => follows.recover(),
    alerts: () => alerting.forget(),
  }
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
