import { describe, expect, test } from 'vitest'
import { createRoutine } from '../../src/time/routine.ts'
import { createManualClock } from '../support/manual-clock.ts'

/** Rounds that end when told to, each with the rest that follows it. */
function scene(more: { readonly leastRestMs?: (tookMs: number) => number } = {}) {
  const clock = createManualClock()
  const from = clock.now()
  const begun: number[] = []
  const faults: unknown[] = []
  let open: PromiseWithResolvers | undefined
  const routine = createRoutine({
    clock,
    round: () => {
      begun.push(clock.now() - from)
      return new Promise<number | undefined>((resolve, reject) => {
        open = { resolve, reject }
      })
    },
    onFault: (error) => faults.push(error),
    restAfterFaultMs: 500,
    ...more,
  })
  return {
    clock,
    routine,
    begun,
    faults,
    end: async (restMs?: number) => {
      open?.resolve(restMs)
      await clock.settle()
    },
    fail: async (error: Error) => {
      open?.reject(error)
      await clock.settle()
    },
  }
}

interface PromiseWithResolvers {
  readonly resolve: (restMs: number | undefined) => void
  readonly reject: (error: Error) => void
}

describe('a routine', () => {
  test('rests between two rounds as long as the one before said', async () => {
    const { clock, routine, begun, end } = scene()
    routine.wake()
    await end(1_000)
    await clock.advance(999)
    expect(begun).toEqual([0])
    await clock.advance(1)
    expect(begun).toEqual([0, 1_000])
  })

  test('rests at least as long as the last round asks for, whoever wakes it, in its midst or afterwards', async () => {
    const { clock, routine, begun, end } = scene({ leastRestMs: (tookMs) => 10 * tookMs })
    routine.wake()
    routine.wake()
    await clock.advance(20)
    await end()
    await clock.advance(199)
    routine.wake()
    await clock.settle()
    expect(begun).toEqual([0])
    await clock.advance(1)
    expect(begun).toEqual([0, 220])
    await end()
    await clock.advance(60_000)
    routine.wake()
    expect(begun).toEqual([0, 220, 60_220])
  })

  test('rests no longer when the clock of the machine is set back', async () => {
    const { clock, routine, begun, end } = scene({ leastRestMs: () => 1_000 })
    routine.wake()
    await end()
    clock.setBack(3_600_000)
    routine.wake()
    expect(begun).toHaveLength(2)
  })

  test('begins as late as it is told to', async () => {
    const { clock, routine, begun } = scene()
    routine.wake(250)
    expect(begun).toEqual([])
    await clock.advance(250)
    expect(begun).toEqual([250])
  })

  test('is woken from its rest, and rests until then where a round said no time', async () => {
    const { clock, routine, begun, end } = scene()
    routine.wake()
    await end()
    await clock.advance(86_400_000)
    expect(begun).toEqual([0])
    routine.wake()
    expect(begun).toEqual([0, 86_400_000])
    await end(5_000)
    routine.wake(100)
    routine.wake(3_000)
    await clock.advance(100)
    expect(begun).toEqual([0, 86_400_000, 86_400_100])
  })

  test('woken in the middle of a round it has one more behind it, not two and not beside it', async () => {
    const { clock, routine, begun, end } = scene()
    for (let times = 0; times < 3; times += 1) routine.wake()
    await clock.advance(10)
    expect(begun).toEqual([0])
    await end()
    expect(begun).toEqual([0, 10])
    await end()
    await clock.advance(10_000)
    expect(begun).toEqual([0, 10])
  })

  test('a round that throws is told, and the next one comes after the rest for faults', async () => {
    const { clock, routine, begun, faults, fail } = scene()
    routine.wake()
    const fault = new Error('no')
    await fail(fault)
    expect(faults).toEqual([fault])
    await clock.advance(500)
    expect(begun).toEqual([0, 500])
  })

  test('what throws before it waits for anything is told too', async () => {
    const clock = createManualClock()
    const faults: unknown[] = []
    const routine = createRoutine({
      clock,
      round: () => {
        throw new Error('at once')
      },
      onFault: (error) => faults.push(error),
      restAfterFaultMs: 500,
    })
    routine.wake()
    await clock.advance(500)
    expect(faults).toHaveLength(2)
    await routine.stop()
  })

  test('stop waits for the round under way, leaves no timer, and nothing wakes it any more', async () => {
    const { clock, routine, begun, end } = scene()
    routine.wake()
    routine.wake()
    let stopped = false
    const stopping = routine.stop().then(() => {
      stopped = true
    })
    await clock.settle()
    expect(stopped).toBe(false)
    await end(100)
    await stopping
    routine.wake()
    expect(clock.pending()).toBe(0)
    expect(begun).toEqual([0])
  })

  test('a clock that is set back by an hour delays no round that is asked for afterwards', async () => {
    let back = 0
    const clock = createManualClock()
    let rounds = 0
    const routine = createRoutine({
      clock: { now: () => clock.now() - back, after: clock.after },
      round: () => {
        rounds += 1
        return Promise.resolve(1_000)
      },
      onFault: () => {},
      restAfterFaultMs: 1,
    })
    routine.wake()
    await clock.settle()
    back = 3_600_000
    routine.wake(1_000)
    await clock.advance(1_000)
    await clock.advance(1_000)
    expect(rounds).toBe(3)
    await routine.stop()
  })
})
