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
