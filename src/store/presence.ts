import type { Clock } from '../time/clock.ts'
import { createRoutine } from '../time/routine.ts'
import type { Lease, Leases } from './leases.ts'

/** Which of the processes that share a store still live, so that what a dead one has begun can be taken over. */
export interface Presence {
  /** Of this process; made anew at each start. */
  readonly id: string
  isAlive(id: string): Promise<boolean>
}

/** For a process that is alone with its store: every other one is dead. */
export const aloneAs = (own: string): Presence => ({ id: own, isAlive: async (id) => id === own })

export interface LeasedPresence extends Presence {
  /** Resolves once the others can see it. */
  start(): Promise<void>
  stop(): Promise<void>
}

const leaseMs = 6_000
const renewEveryMs = 2_000

const leaseOf = (id: string): string => `process/${id}`

/** Seen by a lease that is renewed; a process that falls silent counts as dead 6 s later. `leases` are those of holder `id`. */
export function createPresence(parts: {
  readonly id: string
  readonly leases: Leases
  readonly clock: Clock
  readonly report: (error: unknown) => void
}): LeasedPresence {
  const { id, leases, clock, report } = parts
  let held: Lease | undefined

  async function renew(): Promise<void> {
    const renewed = held && (await leases.renew(held, leaseMs))
    held = renewed ?? (await leases.claim(leaseOf(id), leaseMs))
  }

  const routine = createRoutine({
    clock,
    round: async () => {
      await renew()
      return renewEveryMs
    },
    onFault: report,
    restAfterFaultMs: renewEveryMs,
  })

  return {
    id,
    isAlive: async (other) => other === id || (await leases.find(leaseOf(other))) !== undefined,
    start: async () => {
      await renew()
      routine.wake(renewEveryMs)
    },
    stop: async () => {
      await routine.stop()
      if (held) await leases.release(held)
      held = undefined
    },
  }
}
