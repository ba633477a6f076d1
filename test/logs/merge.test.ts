import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry } from '../../src/logs/entry.ts'
import { byTime } from '../../src/logs/line.ts'
import { createMerge } from '../../src/logs/merge.ts'
import { anEntry, noon } from './an-entry.ts'

function aMerge(most = 1_000) {
  let now = noon
  const out: Entry[] = []
  const merge = createMerge({
    now: () => now,
    holdMs: 1_000,
    mostHoldMs: 15_000,
    most,
    onEntry: (one) => out.push(one),
  })
  return { merge, out, texts: () => out.map(({ text }) => text), at: (ms: number) => (now = noon + ms) }
}

test('whatever comes within the hold comes out in order of time, each once', () => {
  const lines = fc.array(fc.record({ ms: fc.nat({ max: 20_000 }), delay: fc.nat({ max: 700 }) }), { maxLength: 200 })
  fc.assert(
    fc.property(lines, (written) => {
      const { merge, out, at } = aMerge()
      const arriving = written.map(({ ms, delay }, index) => ({ ms, arrives: ms + delay, index }))
      arriving.sort((a, b) => a.arrives - b.arrives)
      for (const { ms, arrives, index } of arriving) {
        at(arrives)
        merge.release()
        merge.add(anEntry(String(index), { ms }))
      }
      merge.drain()
      expect(out.map(({ text }) => Number(text)).toSorted((a, b) => a - b)).toEqual(written.map((_, index) => index))
      expect(out).toEqual(out.toSorted(byTime))
      expect(merge.late()).toBe(0)
    }),
  )
})

test('while a stream is broken off, what came after is held back for its lines, but not for ever', () => {
  const { merge, texts, at } = aMerge()
  at(1_000)
  merge.behind('a')
  at(2_000)
  merge.add(anEntry('b after the cut', { ms: 2_000 }))
  at(5_000)
  merge.release()
  expect(texts()).toEqual([])
  merge.add(anEntry('a caught up', { ms: 1_500 }))
  merge.reached('a', anEntry('', { ms: 1_500 }).stamp)
  at(6_000)
  merge.release()
  expect(texts()).toEqual(['a caught up'])
  merge.caughtUp('a')
  merge.release()
  expect(texts()).toEqual(['a caught up', 'b after the cut'])
  merge.behind('a')
  merge.add(anEntry('c', { ms: 6_500 }))
  at(21_001)
  merge.release()
  expect(texts().at(-1)).toBe('c')
})

test('when too much is held, those that ran ahead wait and those behind do not', () => {
  const { merge, at } = aMerge(10)
  at(1_000)
  merge.behind('slow')
  at(5_000)
  for (let ms = 0; ms < 10; ms += 1) merge.add(anEntry('x', { ms: 4_000 + ms }))
  expect(merge.isTooFar(anEntry('', { ms: 4_000 }).stamp)).toBe(true)
  expect(merge.isTooFar(anEntry('', { ms: 1_200 }).stamp)).toBe(false)
  merge.reached('slow', anEntry('', { ms: 3_500 }).stamp)
  expect(merge.isTooFar(anEntry('', { ms: 4_000 }).stamp)).toBe(false)
})

test('quiet streams that break off all the time do not hold up the others', () => {
  const { merge, texts, at } = aMerge()
  for (let ms = 0; ms < 10_000; ms += 200) {
    at(ms)
    merge.behind(`quiet-${ms}`)
    if (ms >= 1_000) merge.caughtUp(`quiet-${ms - 1_000}`)
    merge.add(anEntry(String(ms), { ms }))
    merge.release()
  }
  expect(texts().at(-1)).toBe('8600')
})

test('too much at once goes out early instead of growing, and what then comes late is counted', () => {
  const { merge, out } = aMerge(50)
  for (let ms = 0; ms < 1_000; ms += 1) merge.add(anEntry('x', { ms }))
  expect(out.length).toBeGreaterThan(899)
  merge.add(anEntry('old', { ms: 0 }))
  merge.drain()
  expect(out).toHaveLength(1_001)
  expect(merge.late()).toBe(1)
})
