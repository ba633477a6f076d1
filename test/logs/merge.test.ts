import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry } from '../../src/logs/entry.ts'
import { byTime } from '../../src/logs/line.ts'
import { createMerge } from '../../src/logs/merge.ts'
import { anEntry, noon } from './an-entry.ts'

const stepMs = 200

function aMerge(most = { entries: 1_000, characters: 1_000_000 }) {
  let now = noon
  const out: Entry[] = []
  const merge = createMerge({
    now: () => now,
    holdMs: 1_000,
    mostHoldMs: 15_000,
    mostStepMs: 2 * stepMs,
    most,
    onEntry: (one) => out.push(one),
  })
  /** A line of that pod, written `ms` after noon, comes now. */
  const say = (pod: string, text: string, ms = now - noon): void => {
    merge.heard(pod)
    merge.add(anEntry(text, { ms, pod }), pod)
  }
  /** Looks after it every 200 ms until that moment. */
  const until = (ms: number): void => {
    while (now < noon + ms) {
      now = Math.min(noon + ms, now + stepMs)
      merge.release()
    }
  }
  /** This process is not run until that moment. */
  const standStillUntil = (ms: number): void => void (now = noon + ms)
  return { merge, out, say, until, standStillUntil, texts: () => out.map(({ text }) => text) }
}

/** Streams of any kind: lines written at any moment, each coming after a delay, in the order in which they were written. */
const anyStreams = fc.array(
  fc.array(fc.record({ gap: fc.nat({ max: 3_000 }), delay: fc.nat({ max: 8_000 }) }), { maxLength: 25 }),
  { minLength: 1, maxLength: 6 },
)

type Event = { readonly at: number; readonly pod: string; readonly text: string; readonly ms: number }

function arriving(streams: readonly (readonly { readonly gap: number; readonly delay: number }[])[]): Event[] {
  const events = streams.flatMap((lines, index) => {
    let written = 0
    let arrives = 0
    return lines.map(({ gap, delay }, number): Event => {
      written += gap
      arrives = Math.max(arrives, written + delay)
      return { at: arrives, pod: `web-${index}`, text: `${index}/${number}`, ms: written }
    })
  })
  return events.sort((a, b) => a.at - b.at)
}

test('each line comes out once, its container in its order, and what is not in order of time is marked', () => {
  fc.assert(
    fc.property(anyStreams, fc.constantFrom(10, 1_000), (streams, entries) => {
      const { merge, out, say, until } = aMerge({ entries, characters: 1_000_000 })
      const events = arriving(streams)
      for (const { at, pod, text, ms } of events) {
        until(at)
        say(pod, text, ms)
      }
      merge.drain()
      expect(out.map(({ text }) => text).toSorted()).toEqual(events.map(({ text }) => text).toSorted())
      for (const pod of new Set(events.map((event) => event.pod))) {
        const said = (one: { readonly pod: string }): boolean => one.pod === pod
        expect(out.filter(said).map(({ text }) => text)).toEqual(events.filter(said).map(({ text }) => text))
      }
      const inOrder = out.filter(({ late }) => !late)
      expect(inOrder).toEqual(inOrder.toSorted(byTime))
      expect(merge.late()).toBe(out.length - inOrder.length)
    }),
  )
})

test('whatever comes within the hold is in order of time', () => {
  const quick = fc.array(
    fc.array(fc.record({ gap: fc.nat({ max: 5_000 }), delay: fc.nat({ max: 600 }) }), { maxLength: 40 }),
    { minLength: 1, maxLength: 6 },
  )
  fc.assert(
    fc.property(quick, (streams) => {
      const { merge, out, say, until } = aMerge()
      for (const index of streams.keys()) merge.stream(`web-${index}`, 'standing')
      for (const { at, pod, text, ms } of arriving(streams)) {
        until(at)
        say(pod, text, ms)
      }
      merge.drain()
      expect(out).toEqual(out.toSorted(byTime))
      expect(merge.late()).toBe(0)
    }),
  )
})

test('containers keep their own order where their stamps go back, as those of two writers or of a clock set right do', () => {
  const jumps = fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 40 })
  fc.assert(
    fc.property(jumps, jumps, (a, b) => {
      const { merge, texts, say, until } = aMerge()
      for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
        until(at * 300)
        if (at < a.length) say('a', `a${at}`, at * 300 + (a[at] ?? 0))
        if (at < b.length) say('b', `b${at}`, at * 300 + (b[at] ?? 0))
      }
      merge.drain()
      for (const [pod, said] of [['a', a] as const, ['b', b] as const])
        expect(texts().filter((text) => text.startsWith(pod))).toEqual(said.map((_, at) => `${pod}${at}`))
    }),
  )
})

test('where every stream has come as far, nothing waits', () => {
  const { texts, say, until } = aMerge()
  say('a', 'a0', 0)
  say('b', 'b0', 50)
  say('a', 'a1', 100)
  until(stepMs)
  expect(texts()).toEqual(['a0', 'b0'])
})

test('a stream that speaks but lags behind is waited for', () => {
  const { texts, say, until } = aMerge()
  for (let ms = 0; ms <= 8_000; ms += 400) {
    say('ahead', `a${ms}`, ms)
    say('lagging', `l${ms / 2}`, ms / 2)
    until(ms + 400)
  }
  expect(texts().filter((text) => text.startsWith('a'))).toHaveLength(11)
  expect(texts().slice(0, 4)).toEqual(['a0', 'l0', 'l200', 'a400'])
})

test('while this process stands still no stream counts as silent', () => {
  const { merge, texts, say, standStillUntil } = aMerge()
  say('a', 'a0', 0)
  say('b', 'b0', 10)
  standStillUntil(9_000)
  merge.release()
  say('a', 'a1', 5)
  say('b', 'b1', 20)
  merge.drain()
  expect(texts()).toEqual(['a0', 'a1', 'b0', 'b1'])
  expect(merge.late()).toBe(0)
})

test('a stream that was cut while it spoke is waited for, and so is its first line once it stands again', () => {
  const { merge, texts, say, until } = aMerge()
  say('a', 'a0')
  say('b', 'b0')
  until(500)
  merge.stream('a', 'behind')
  for (let ms = 500; ms < 5_000; ms += 500) {
    say('b', `b${ms}`)
    until(ms + 500)
  }
  expect(texts()).toEqual(['a0', 'b0'])
  merge.stream('a', 'standing')
  until(9_000)
  expect(texts()).toEqual(['a0', 'b0'])
  say('a', 'a499', 499)
  say('a', 'a8000', 8_000)
  until(9_200)
  expect(texts().slice(2)).toEqual(['a499', ...Array.from({ length: 9 }, (_, at) => `b${(at + 1) * 500}`)])
  expect(merge.late()).toBe(0)
})

test('a stream that does not come back is waited for no longer than the longest hold, once', () => {
  const { merge, texts, say, until } = aMerge()
  say('a', 'a0')
  until(500)
  merge.stream('a', 'behind')
  say('b', 'b500')
  until(15_400)
  expect(texts()).toEqual(['a0'])
  until(15_800)
  expect(texts()).toEqual(['a0', 'b500'])
  say('b', 'b15800')
  until(16_000)
  expect(texts().at(-1)).toBe('b15800')
  merge.stream('a', 'standing')
  say('a', 'a501', 501)
  until(17_000)
  expect(texts().at(-1)).toBe('a501')
  expect(merge.late()).toBe(1)
  say('a', 'a17000')
  say('b', 'b17001', 17_001)
  say('a', 'a17002', 17_002)
  until(17_200)
  expect(texts().slice(-2)).toEqual(['a17000', 'b17001'])
})

test('quiet streams that break off all the time do not hold up the others', () => {
  const { merge, texts, say, until } = aMerge()
  const quiet = Array.from({ length: 10 }, (_, at) => `quiet-${at}`)
  for (const pod of quiet) merge.stream(pod, 'standing')
  for (let ms = 0; ms < 20_000; ms += 200) {
    if (ms >= 4_000) {
      merge.stream(quiet[(ms / 200) % 10] ?? '', 'behind')
      merge.stream(quiet[(ms / 200 + 5) % 10] ?? '', 'standing')
    }
    say('talker', String(ms))
    until(ms + 200)
  }
  expect(Number(texts().at(-1))).toBeGreaterThan(17_000)
})

test('a clock that is an hour ahead delays the lines of its own node by seconds, and those of others not at all', () => {
  const { merge, texts, say, until } = aMerge()
  for (let ms = 0; ms <= 20_000; ms += 200) {
    say('fast', `f${ms}`, ms + 3_600_000)
    say('right', `r${ms}`, ms)
    until(ms + 200)
  }
  expect(texts().findLast((text) => text.startsWith('r'))).toBe('r20000')
  expect(
    Number(
      texts()
        .findLast((text) => text.startsWith('f'))
        ?.slice(1),
    ),
  ).toBeGreaterThan(14_000)
  expect(merge.late()).toBe(0)
})

test('a clock that is an hour behind delays the others once; from then on its lines are marked', () => {
  const { out, texts, say, until } = aMerge()
  for (let ms = 0; ms <= 40_000; ms += 200) {
    say('slow', `s${ms}`, ms - 3_600_000)
    say('right', `r${ms}`, ms)
    until(ms + 200)
  }
  expect(
    Number(
      texts()
        .findLast((text) => text.startsWith('r'))
        ?.slice(1),
    ),
  ).toBeGreaterThan(38_500)
  expect(out.filter(({ late }) => late).every(({ pod }) => pod === 'slow')).toBe(true)
  expect(out.findLast(({ pod }) => pod === 'slow')?.late).toBe(true)
})

test('when too much is held, those that ran ahead wait and the slowest does not', () => {
  const { merge, say, until } = aMerge({ entries: 10, characters: 1_000_000 })
  say('slow', 's')
  merge.stream('slow', 'behind')
  until(400)
  for (let ms = 0; ms < 10; ms += 1) say('ahead', 'x', 4_000 + ms)
  expect(merge.isTooFar('ahead')).toBe(true)
  expect(merge.isTooFar('slow')).toBe(false)
  say('slow', 's', 3_500)
  expect(merge.isTooFar('ahead')).toBe(false)
})

test('a few huge entries fill it as many small ones do', () => {
  const { merge, say } = aMerge({ entries: 1_000, characters: 1_000 })
  say('slow', 's', 0)
  say('ahead', 'x'.repeat(1_000), 5_000)
  expect(merge.isFull()).toBe(true)
  expect(merge.isTooFar('ahead')).toBe(true)
})

test('too much at once goes out early instead of growing, and what then comes late is counted and marked', () => {
  const { merge, out, say } = aMerge({ entries: 50, characters: 1_000_000 })
  say('slow', 'first', 0)
  for (let ms = 1; ms < 1_000; ms += 1) say('ahead', 'x', ms)
  expect(out.length).toBeGreaterThan(899)
  say('slow', 'old', 1)
  merge.drain()
  expect(out).toHaveLength(1_001)
  expect(merge.late()).toBe(1)
  expect(out.find(({ late }) => late)?.text).toBe('old')
})
