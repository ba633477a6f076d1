import { expect, test } from 'vitest'
import { patternOf } from '../../src/logs/pattern.ts'
import { createCounting } from '../../src/logs/tally.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { anEntry } from './an-entry.ts'

test.each([
  ['{"level":"error","seq":7,"msg":"payment 12 failed","code":502}', 'payment * failed'],
  ['level=error msg="order 4711 of 10.0.0.7:8080 lost"', 'order * of * lost'],
  ['2026-01-01 12:00:00,123 ERROR connection to db-7 lost', 'connection to db-* lost'],
  ['E0101 12:00:00.000000       1 reflector.go:138] failed to list', 'failed to list'],
  ["no row with id 'a b' in 7f3c2d1e-0000-4000-8000-000000000000", 'no row with id "*" in *'],
])('%s has the pattern %s', (text, pattern) => {
  expect(patternOf({ text })).toBe(pattern)
})

test('errors are counted by kind with an example, in bounded memory', async () => {
  const clock = createManualClock()
  const counting = createCounting(clock)
  for (let at = 0; at < 50; at += 1) counting.add(anEntry(`ERROR order ${at} failed`, { ms: at }))
  for (let at = 0; at < 400; at += 1)
    counting.add(anEntry(`ERROR ${'abcdefghijklmnopqrst'.slice(at % 20)}${'x'.repeat(at / 20)}`))
  counting.add(anEntry('INFO fine'))
  await clock.advance(5_000)
  const { groups, others } = counting.errors(2)
  expect(groups[0]).toMatchObject({ pattern: 'order * failed', count: 50, example: 'ERROR order 0 failed' })
  expect(groups.reduce((sum, { count }) => sum + count, 0) + others).toBe(450)
  expect(counting.now()).toMatchObject({ lines: 451, errors: 450, rate: 451 / 5 })
  await clock.advance(20_000)
  expect(counting.now().rate).toBe(0)
})
