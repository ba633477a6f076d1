import type { Clock } from '../time/clock.ts'
import { createRoutine } from '../time/routine.ts'
import type { Lease, Leases } from './leases.ts'
import type { Change } from './store.ts'

/** Whether this process is the one that posts and drives operations. With several replicas on one store, exactly one is at a time. */
export interface Turn {
  mine(): boolean
  /** Goes into a commit that only the process with the turn may make. */
  guard(): readonly Change[]
  /** Called when the answer changes. Returns the end of listening. */
  onChange(listener: () => void): () => void
}

/** For a process that is alone with its store. */
export const alone: Turn = { mine: () => true, guard: () => [], onChange: () => () => {} }

export interface LeasedTurn extends Turn {
  start(): void
  /** Hands the turn on. */
  stop(): Promise<void>
}

const leaseName = 'turn'
const leaseMs = 6_000
const renewEveryMs = 2_000
/** The turn is given up this long before the lease runs out, for clocks that differ. */
const marginMs = 1_000

/** A turn taken by lease: whoever has it keeps it; when that process falls silent, another has it within 6 s. */
export function createLeasedTurn(parts: {
  readonly leases: Leases
  readonly clock: Clock
  readonly report: (error: unknown) => void
}): LeasedTurn {
  const { leases, clock, report } = parts
  const listeners = new Set<() => void>()
  let held: { readonly lease: Lease; readonly until: number } | undefined
  let was = false
  let cancelEnd = (): void => {}

  const mine = (): boolean => held !== undefined && clock.now() < held.until

  function tell(): void {
    if (mine() === was) return
    was = !was
    for (const listener of listeners) listener()
  }

  /** Renews what is held or claims what is free; answers how long to wait before the next try. */
  async function keep(): Promise<number> {
    const from = clock.now()
    const renewed = held === undefined ? undefined : await leases.renew(held.lease, leaseMs)
    const lease = renewed ?? (await leases.claim(leaseName, leaseMs))
    // A gap that nobody has noticed yet is one all the same: whoever looked meanwhile has let go.
    tell()
    held = lease === undefined ? undefined : { lease, until: from + leaseMs - marginMs }
    cancelEnd()
    // Nobody may renew it in time: the store hangs.
    if (held !== undefined) cancelEnd = clock.after(held.until - clock.now(), tell)
    tell()
    if (held !== undefined) return renewEveryMs
    const [other, now] = await Promise.all([leases.find(leaseName), leases.now()])
    return Math.min(renewEveryMs, Math.max(50, (other?.until ?? now) - now))
  }

  const routine = createRoutine({ clock, round: keep, onFault: report, restAfterFaultMs: 1_000 })

  return {
    mine,
    guard: () => (held === undefined ? [] : [leases.guard(held.lease)]),
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: () => routine.wake(),
    stop: async () => {
      await routine.stop()
      cancelEnd()
      const last = held
      held = undefined
      tell()
      if (last !== undefined) await leases.release(last.lease)
    },
  }
}
