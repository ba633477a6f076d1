import { expect, test } from 'vitest'
import { createLeases } from '../../src/store/leases.ts'
import { createLeasedTurn } from '../../src/store/turn.ts'
import { createMemoryStore } from '../chat/outbox/memory-store.ts'
import { createManualClock } from '../support/manual-clock.ts'

test('a turn that was lost for a moment is told as lost and had again, also where nobody had time to notice', async () => {
  const clock = createManualClock()
  const leases = createLeases(createMemoryStore(clock), 'one')
  let answer: Promise<void> = Promise.resolve()
  let isBusy = false
  const turn = createLeasedTurn({
    leases: {
      ...leases,
      renew: async (lease, forMs) => {
        await answer
        return leases.renew(lease, forMs)
      },
    },
    // A process that is busy comes to its timers late.
    clock: { now: () => clock.now(), after: (ms, task) => clock.after(ms, () => void (isBusy || task())) },
    report: () => undefined,
  })
  const told: boolean[] = []
  turn.onChange(() => told.push(turn.mine()))
  turn.start()
  await clock.advance(100)
  let arrive = (): void => {}
  answer = new Promise((resolve) => (arrive = resolve))
  await clock.advance(4_000)
  isBusy = true
  await clock.advance(1_400)
  expect(turn.mine()).toBe(false)
  arrive()
  await clock.settle()
  expect(turn.mine()).toBe(true)
  expect(told).toEqual([true, false, true])
})
