import { expect, test } from 'vitest'
import { createBudget } from '../../src/logs/budget.ts'

test('a backlog and a usual day pass whole; a flood is cut to its rate, and each line left out is counted', () => {
  let now = 0
  const budget = createBudget({ now: () => now, rate: 1_000, burst: 5_000 })
  const write = (lines: number): number => {
    let taken = 0
    for (let at = 0; at < lines; at += 1) if (budget.admit('a')) taken += 1
    return taken
  }
  expect(write(5_000)).toBe(5_000)
  for (now = 1_000; now <= 10_000; now += 100) expect(write(90)).toBe(90)
  let taken = 0
  for (let turn = 0; turn < 2_000; turn += 1) {
    now += 10
    taken += write(1_000)
  }
  expect(taken).toBeLessThan(50_000)
  expect(taken + budget.skipped()).toBe(2_000_000)
})

test('a noisy pod leaves the quiet ones their lines', () => {
  let now = 0
  const budget = createBudget({ now: () => now, rate: 1_000, burst: 1_000 })
  let quiet = 0
  for (; now < 20_000; now += 10) {
    for (let at = 0; at < 1_000; at += 1) budget.admit('noisy')
    for (const source of ['b', 'c', 'd']) if (budget.admit(source)) quiet += 1
  }
  expect(quiet).toBe(6_000)
})
