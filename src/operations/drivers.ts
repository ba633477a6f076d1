import type { Clock } from '../time/clock.ts'
import type { Stored } from '../store/store.ts'
import type { Step, Waker } from './conclude.ts'
import { cardOf } from './operation.ts'
import type { Operation } from './operation.ts'
import type { OperationId } from './operation-id.ts'

/** A step that threw, or that came to nothing, is tried again after this; the record says where it stood. */
const retryMs = 5_000

interface Driver {
  /** The version that it last looked at or wrote. */
  seen: number
  /** The newest version that others told of meanwhile. */
  newest: number
  /** Woken meanwhile for another reason. */
  again: boolean
  /** What happened since it last looked: a wait for just that does not begin. */
  readonly missed: Set<Waker>
  done: Promise<void>
}

interface Sleeper {
  readonly version: number
  readonly value: Pick<Operation, 'id'>
}

interface Alarm {
  /** Of the record that it was set for. */
  readonly version: number
  /** What may wake it earlier. */
  readonly or: Waker | undefined
  readonly cancel: () => void
}

/** The operations under way in this process, each driven by one at a time. */
export interface Drivers {
  /** Looks at the operation now, or again if somebody is just looking. */
  wake(id: OperationId): void
  /** Wakes those whose record is news here. */
  wakeNewer(found: readonly Stored<Operation>[]): void
  wakeWaitingFor(waker: Waker): void
  /** Takes no further step; resolves when none is under way. */
  end(): Promise<void>
}

export interface During {
  readonly signal: AbortSignal
  /** Told of each version that the step itself stores: those are no news. */
  readonly wrote: (version: number) => void
}

export interface DriverParts {
  readonly clock: Clock
  readonly read: (id: OperationId) => Promise<Stored<Operation> | undefined>
  /** Does the next thing for an operation; gives up what takes long once the signal is aborted. */
  readonly step: (stored: Stored<Operation>, during: During) => Promise<Step>
  /** Whether this process may go on. */
  readonly mine: () => boolean
  readonly report: (error: unknown, about: string) => void
}

export function createDrivers({ clock, read, step, mine, report }: DriverParts): Drivers {
  const ending = new AbortController()
  const { signal } = ending
  const driving = new Map<OperationId, Driver>()
  const alarms = new Map<OperationId, Alarm>()

  const over = (): boolean => signal.aborted || !mine()

  async function drive(id: OperationId, driver: Driver): Promise<void> {
    let before: number | undefined
    while (!over()) {
      driver.again = false
      driver.missed.clear()
      const stored = await read(id)
      if (!stored || over()) return
      driver.seen = stored.version
      const wrote = (version: number): void => void (driver.seen = version)
      const outcome = await step(stored, { signal, wrote }).catch((error: unknown): Step => {
        report(error, cardOf(id))
        return { next: 'later', at: clock.now() + retryMs }
      })
      if (outcome.next === 'again' && stored.version !== before) {
        before = stored.version
        continue
      }
      // Twice on the same record without moving it: whatever stands in the way gets some time.
      const rested = outcome.next === 'again' ? ({ next: 'later', at: clock.now() + retryMs } as const) : outcome
      if (rested.next !== 'later') return
      setAlarm({ ...stored, version: driver.seen }, rested)
      if ('or' in rested && rested.or && driver.missed.has(rested.or)) driver.again = true
      return
    }
  }

  function wake(id: OperationId): void {
    if (over()) return
    const busy = driving.get(id)
    if (busy) {
      busy.again = true
      return
    }
    alarms.get(id)?.cancel()
    alarms.delete(id)
    const driver: Driver = { seen: 0, newest: 0, again: false, missed: new Set(), done: Promise.resolve() }
    driving.set(id, driver)
    driver.done = drive(id, driver)
      .catch((error: unknown) => {
        report(error, cardOf(id))
        setAlarm({ version: driver.seen, value: { id } }, { at: clock.now() + retryMs })
      })
      .finally(() => {
        driving.delete(id)
        if (driver.again || driver.newest > driver.seen) wake(id)
      })
  }

  function setAlarm({ version, value }: Sleeper, { at, or }: { readonly at: number; readonly or?: Waker }): void {
    if (signal.aborted) return
    alarms.get(value.id)?.cancel()
    const cancel = clock.after(Math.max(0, at - clock.now()), () => {
      alarms.delete(value.id)
      wake(value.id)
    })
    alarms.set(value.id, { version, or, cancel })
  }

  return {
    wake,
    wakeNewer: (found) => {
      for (const { version, value } of found) {
        const busy = driving.get(value.id)
        if (busy) busy.newest = Math.max(busy.newest, version)
        else if (alarms.get(value.id)?.version !== version) wake(value.id)
      }
    },
    wakeWaitingFor: (waker) => {
      for (const { missed } of driving.values()) missed.add(waker)
      for (const [id, { or }] of alarms) if (or === waker) wake(id)
    },
    end: async () => {
      ending.abort()
      for (const { cancel } of alarms.values()) cancel()
      alarms.clear()
      await Promise.all([...driving.values()].map(({ done }) => done))
    },
  }
}
