import { describe, expect, test } from 'vitest'
import { runCourse } from './course.ts'
import type { Course, Death } from './course.ts'
import { createDice } from './dice.ts'

/** How many deaths are tried; one course has one to three of them. */
const points = Number(process.env['READBACK_CRASH_POINTS'] ?? 300)
const seed = Number(process.env['READBACK_CRASH_SEED'] ?? 1)

const moments = ['before', 'after', 'late'] as const
/** At once, past every lease and lock, past the time to confirm. */
const gaps = [0, 1_000, 30_000, 70_000, 400_000] as const

describe('a process that dies between any two steps', () => {
  test('without a death every order ends, its card says so, and nothing is done twice', async () => {
    const { broken, steps } = await runCourse({ deaths: [], standby: false })
    expect(broken).toEqual([])
    expect(steps).toBeGreaterThan(40)
  })

  test(`nothing is lost, doubled or stuck at ${points} points`, async () => {
    const { steps } = await runCourse({ deaths: [], standby: false })
    const roll = createDice(seed)
    const death = (step: number): Death => ({
      step,
      moment: moments[roll(moments.length)] ?? 'after',
      gapMs: gaps[roll(gaps.length)] ?? 0,
    })
    let met = 0
    for (let at = 0; met < points; at += 1) {
      // Every single step first, then several deaths in one course, the later ones soon after a start.
      const first = death((at % steps) + 1)
      const more = at < steps * 2 ? [] : Array.from({ length: 1 + roll(2) }, () => death(1 + roll(steps / 2)))
      const course: Course = { deaths: [first, ...more], standby: at >= steps && roll(2) === 0 }
      const run = await runCourse(course)
      expect(run.broken, `seed ${seed}, course ${at}: ${JSON.stringify(course)}`).toEqual([])
      met += run.met
    }
  })
})
