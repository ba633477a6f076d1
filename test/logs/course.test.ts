import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCourse } from '../../src/logs/course.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { aLine, noon } from './an-entry.ts'

function aCourse(entries = 1_000) {
  const clock = createManualClock(noon)
  const texts: string[] = []
  const most = { entries, characters: 1_000_000 }
  const settings = { lookEveryMs: 200, holdMs: 1_000, mostHoldMs: 30_000, most }
  const course = createCourse({ clock, onEntry: ({ text }) => texts.push(text) }, settings)
  /** A line written now, or `ms` after noon. */
  const say = (source: string, text: string, ms = clock.now() - noon) =>
    course.add(aLine(text, { ms, pod: source }), source)
  return { clock, course, texts, say }
}

test('a stream that breaks off and takes ten seconds to catch up leaves the order as it was written', async () => {
  const { clock, course, texts, say } = aCourse()
  for (let second = 0; second < 20; second += 1) {
    if (second === 5) course.stream('b', 'behind')
    if (second === 15) {
      course.stream('b', 'standing')
      for (let missed = 5; missed < 15; missed += 1) void say('b', `b${missed}`, missed * 1_000 + 1)
    }
    void say('a', `a${second}`)
    if (second < 5 || second >= 15) void say('b', `b${second}`, second * 1_000 + 1)
    await clock.advance(1_000)
  }
  await clock.advance(2_000)
  course.close()
  expect(texts).toEqual(Array.from({ length: 20 }, (_, second) => [`a${second}`, `b${second}`]).flat())
  expect(course.late()).toBe(0)
  expect(clock.pending()).toBe(0)
})

test('a quiet stream that breaks off again and again does not hold up the others for long', async () => {
  const { clock, course, texts, say } = aCourse()
  for (let second = 0; second < 30; second += 1) {
    course.stream('quiet', 'behind')
    course.stream('quiet', 'standing')
    void say('a', `a${second}`)
    await clock.advance(1_000)
  }
  expect(texts.length).toBeGreaterThan(0)
  await clock.advance(1_500)
  expect(texts.at(-1)).toBe('a29')
  course.close()
})

test('a stream that is opened late is waited for before the first lines are shown', async () => {
  const { clock, course, texts, say } = aCourse()
  for (const source of ['a', 'b']) course.stream(source, 'beginning')
  course.stream('a', 'standing')
  void say('a', 'a0', 0)
  await clock.advance(3_000)
  expect(texts).toEqual([])
  course.stream('b', 'standing')
  void say('b', 'older', -5_000)
  await clock.advance(2_500)
  expect(texts).toEqual(['older', 'a0'])
  for (const source of ['c']) course.stream(source, 'beginning')
  void say('a', 'a1')
  await clock.advance(6_500)
  expect(texts.at(-1)).toBe('a1')
  course.close()
})

test('with too much held those that ran ahead wait, and go on once there is room', async () => {
  const { clock, course, texts, say } = aCourse(10)
  course.stream('b', 'behind')
  const waits = Array.from({ length: 12 }, (_, at) => say('a', `a${at}`, 5_000 + at))
  const wait = waits.at(-1)
  expect(waits[0]).toBeUndefined()
  expect(wait).toBeInstanceOf(Promise)
  let free = false
  void wait?.then(() => (free = true))
  await clock.advance(2_000)
  expect(free).toBe(false)
  course.stream('b', 'standing')
  expect(say('b', 'b0', 1_000)).toBeUndefined()
  await clock.advance(3_000)
  expect(free).toBe(true)
  expect(texts[0]).toBe('b0')
  course.close()
})

test('a reader that was made to wait is not taken to be silent', async () => {
  const { clock, course, texts, say } = aCourse(10)
  await clock.advance(9_500)
  for (const source of ['a', 'b', 'c']) void say(source, `${source}0`, 0)
  await clock.advance(400)
  course.stream('c', 'behind')
  const waits = Array.from({ length: 12 }, (_, at) => say('a', `a${at + 1}`, 5_000 + at))
  void say('b', 'b1', 9_000)
  expect(waits.at(-1)).toBeInstanceOf(Promise)
  void waits.at(-1)?.then(() => say('a', 'a13', 6_000))
  await clock.advance(3_000)
  course.stream('c', 'standing')
  void say('c', 'c1', 9_500)
  await clock.advance(4_000)
  expect(texts.slice(-3)).toEqual(['a13', 'b1', 'c1'])
  expect(course.late()).toBe(0)
  course.close()
})

/** A container that writes a line each so many ms, and whose stream is away from one moment to another. */
const aSpeaker = fc.record({
  everyMs: fc.integer({ min: 20, max: 900 }),
  cutAtMs: fc.integer({ min: 0, max: 9_000 }),
  awayMs: fc.integer({ min: 0, max: 6_000 }),
})

test('with readers that wait when they are told to, everything comes out, in order, out of bounded room', async () => {
  const entries = 12
  const lastsMs = 10_000
  await fc.assert(
    fc.asyncProperty(fc.array(aSpeaker, { minLength: 2, maxLength: 5 }), async (speakers) => {
      const { clock, course, texts, say } = aCourse(entries)
      const streams = speakers.map((speaker, index) => ({ ...speaker, source: `s${index}`, next: 0, isHeld: false }))
      for (const { source } of streams) course.stream(source, 'standing')
      const isAway = ({ cutAtMs, awayMs }: (typeof streams)[number], ms: number): boolean =>
        ms >= cutAtMs && ms < cutAtMs + awayMs
      let given = 0
      const read = (stream: (typeof streams)[number], ms: number): void => {
        while (!stream.isHeld && stream.next * stream.everyMs <= Math.min(ms, lastsMs)) {
          const wait = say(stream.source, `${stream.source}/${stream.next}`, stream.next * stream.everyMs)
          stream.next += 1
          given += 1
          if (wait === undefined) continue
          stream.isHeld = true
          void wait.then(() => (stream.isHeld = false))
        }
      }
      for (let ms = 0; ms <= lastsMs + 60_000; ms += 100) {
        for (const stream of streams) {
          const [was, is] = [isAway(stream, ms - 100), isAway(stream, ms)]
          if (was !== is) course.stream(stream.source, is ? 'behind' : 'standing')
          if (!is) read(stream, ms)
        }
        expect(given - texts.length).toBeLessThanOrEqual(2 * entries + speakers.length)
        await clock.advance(100)
      }
      for (const { source, everyMs } of streams) {
        const all = Array.from({ length: Math.floor(lastsMs / everyMs) + 1 }, (_, at) => `${source}/${at}`)
        expect(texts.filter((text) => text.startsWith(`${source}/`))).toEqual(all)
      }
      course.close()
    }),
    { numRuns: 60 },
  )
})
