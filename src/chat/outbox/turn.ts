import type { Clock } from '../../clock.ts'
import type { Change } from '../../store/store.ts'
import type { Lease, Leases } from '../../store/leases.ts'

/** Whether this process is the one that posts. With several replicas on one store, exactly one is at a time. */
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

const leaseName = 'outbox'
const leaseMs = 15_000
const renewEveryMs = 4000
/** The turn is given up this long before the lease runs out, for clocks that differ. */
const marginMs = 2000

/** A turn taken by lease: whoever has it keeps it; when that process falls silent, another has it 15 s later. */
export function createLeasedTurn(parts: {
  readonly leases: Leases
  readonly clock: Clock
  readonly report: (error: unknown) => void
}): LeasedTurn {
  const { leases, clock, report } = parts
  const listeners = new Set<() => void>()
  let held: { readonly lease: Lease; readonly until: number } | undefined
  let was = false
  let stopped = true
  let working: Promise<void> = Promise.resolve()
  let cancel: (() => void) | undefined

  const mine = (): boolean => held !== undefined && clock.now() < held.until

  function tell(): void {
    if (mine() === was) return
    was = !was
    for (const listener of listeners) listener()
  }

  async function keep(): Promise<void> {
    // A lease that ran out while its renewal hung: others may have posted since.
    tell()
    const until = clock.now() + leaseMs - marginMs
    try {
      const lease = held === undefined ? undefined : await leases.renew(held.lease, leaseMs)
      const taken = lease ?? (await leases.claim(leaseName, leaseMs))
      held = taken === undefined ? undefined : { lease: taken, until }
    } catch (error) {
      report(error)
    }
    tell()
    if (!stopped) cancel = clock.after(renewEveryMs, next)
  }

  function next(): void {
    working = keep()
  }

  return {
    mine,
    guard: () => (held === undefined ? [] : [leases.guard(held.lease)]),
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: () => {
      if (!stopped) return
      stopped = false
      next()
    },
    stop: async () => {
      stopped = true
      cancel?.()
      await working
      cancel?.()
      const last = held
      held = undefined
      tell()
      if (last !== undefined) await leases.release(last.lease)
    },
  }
}
