import { expect, test, vi } from 'vitest'
import { collectorOfV8, createTidy } from '../../src/sandbox/tidy.ts'
import { createManualClock } from '../support/manual-clock.ts'

test('after a burst of work the heap is collected once, when it has been quiet for a moment', async () => {
  const clock = createManualClock()
  const collect = vi.fn<() => void>()
  const tidy = createTidy({ clock, collect })
  for (let at = 0; at < 5; at += 1) {
    tidy.touch()
    await clock.advance(1_000)
  }
  expect(collect).not.toHaveBeenCalled()
  await clock.advance(1_000)
  expect(collect).toHaveBeenCalledTimes(1)
  tidy.touch()
  tidy.stop()
  await clock.advance(10_000)
  expect(collect).toHaveBeenCalledTimes(1)
  expect(clock.pending()).toBe(0)
})

test('the collector of V8 frees what nobody holds', async () => {
  const collect = collectorOfV8()
  let held: object | undefined = { large: Array.from({ length: 10_000 }, (_, at) => String(at)) }
  const watched = new WeakRef(held)
  held = undefined
  // What a WeakRef was made of lives until its turn of the event loop is over.
  await new Promise((resolve) => setImmediate(resolve))
  collect()
  expect(watched.deref()).toBe(held)
})
