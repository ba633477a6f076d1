import { describe, expect, test } from 'vitest'
import type { Step } from '../../src/operations/conclude.ts'
import { createDrivers } from '../../src/operations/drivers.ts'
import type { During } from '../../src/operations/drivers.ts'
import type { Operation } from '../../src/operations/operation.ts'
import type { Stored } from '../../src/store/store.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { everyState } from '../support/operation-builder.ts'

const minute = 60_000

/** Drivers of one operation whose steps are given one by one; the last one repeats. */
function driving(steps: readonly ((during: During) => Promise<Step> | Step)[]) {
  const clock = createManualClock()
  const value: Operation = everyState.approved
  const looks: number[] = []
  let version = 1
  const drivers = createDrivers({
    clock,
    read: async (): Promise<Stored<Operation>> => ({ id: value.id, version, value }),
    step: async (_, during) => {
      looks.push(clock.now())
      const step = steps[Math.min(looks.length, steps.length) - 1]
      return step ? step(during) : { next: 'rest' }
    },
    mine: () => true,
    report: () => {},
  })
  return { clock, value, drivers, looks, write: () => ++version }
}

const later = (ms: number, or?: 'lock_freed' | 'card_moved') => (): Step => ({
  next: 'later',
  at: Date.UTC(2026, 0, 1) + ms,
  ...(or ? { or } : {}),
})

describe('the driver of an operation', () => {
  test('does not sleep through what it would have waited for, although that happened while it looked', async () => {
    const { clock, value, drivers, looks } = driving([
      () => {
        drivers.wakeWaitingFor('lock_freed')
        return later(minute, 'lock_freed')()
      },
      () => ({ next: 'rest' }),
    ])
    drivers.wake(value.id)
    await clock.settle()
    expect(looks).toHaveLength(2)
    await drivers.end()
  })

  test('keeps to its pause when it is told of the record that it wrote itself, and not when somebody else wrote', async () => {
    const { clock, value, drivers, looks, write } = driving([
      ({ wrote }) => {
        wrote(write())
        return later(minute)()
      },
      () => ({ next: 'rest' }),
    ])
    drivers.wake(value.id)
    await clock.settle()
    drivers.wakeNewer([{ id: value.id, version: 2, value }])
    await clock.settle()
    expect(looks).toHaveLength(1)
    drivers.wakeNewer([{ id: value.id, version: write(), value }])
    await clock.settle()
    expect(looks).toHaveLength(2)
    await drivers.end()
  })

  test('does not spin on a record that no step moves', async () => {
    const { clock, value, drivers, looks } = driving([() => ({ next: 'again' })])
    drivers.wake(value.id)
    await clock.settle()
    expect(looks).toHaveLength(2)
    await drivers.end()
    expect(clock.pending()).toBe(0)
  })
})
