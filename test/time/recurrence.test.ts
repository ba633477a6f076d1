import type { Recurrence } from '../../src/time/recurrence.ts'
import { describe, expect, test } from 'vitest'
import { createRecurrence } from '../../src/time/recurrence.ts'

const hour = 3_600_000
function recur(cron: string, zone: string, forMs: number): Recurrence {
  const made = createRecurrence({ cron, zone, forMs })
  if (typeof made === 'string') throw new Error(made)
  return made
}
const at = (text: string) => Date.parse(text)

describe('a recurrence', () => {
  test('opens at local time and closes after its length', () => {
    const nights = recur('0 22 * * *', 'Asia/Shanghai', 9 * hour)
    expect(nights.at(at('2026-06-01T13:59Z'))).toBeUndefined()
    expect(nights.at(at('2026-06-01T14:00Z'))).toEqual({
      from: at('2026-06-01T14:00Z'),
      until: at('2026-06-01T23:00Z'),
    })
    expect(nights.at(at('2026-06-01T22:59Z'))?.until).toBe(at('2026-06-01T23:00Z'))
    expect(nights.at(at('2026-06-01T23:00Z'))).toBeUndefined()
  })

  test('answers the same in whatever order it is asked', () => {
    const nights = recur('0 22 * * *', 'Asia/Shanghai', 9 * hour)
    const moments = Array.from({ length: 96 }, (_, index) => at('2026-06-01T00:00Z') + index * hour)
    const forwards = moments.map((moment) => nights.at(moment)?.until)
    const backwards = moments
      .toReversed()
      .map((moment) => recur('0 22 * * *', 'Asia/Shanghai', 9 * hour).at(moment)?.until)
    expect(forwards).toEqual(backwards.toReversed())
    expect(moments.map((moment) => nights.at(moment)?.until)).toEqual(forwards)
    expect(forwards.filter((until) => until !== undefined)).toHaveLength(4 * 9)
  })

  test('keeps to local time over daylight saving', () => {
    const mornings = recur('0 8 * * *', 'Europe/Berlin', hour)
    expect(mornings.at(at('2026-03-28T07:30Z'))).toBeDefined()
    expect(mornings.at(at('2026-03-29T06:30Z'))).toBeDefined()
    expect(mornings.at(at('2026-03-29T07:30Z'))).toBeUndefined()
  })

  test('windows that touch end together, and some never end', () => {
    const days = recur('0 0 * * 6,0', 'UTC', 24 * hour)
    expect(days.at(at('2026-06-06T10:00Z'))?.until).toBe(at('2026-06-08T00:00Z'))
    const always = recur('0 * * * *', 'UTC', 2 * hour)
    expect(always.at(at('2026-06-06T10:00Z'))).toMatchObject({ until: undefined })
  })

  test.each([
    ['0 22 * * *', 'Mars/Base', 'zone'],
    ['0 22 * * *', '+08:00', 'zone'],
    ['at ten', 'UTC', 'cron'],
    ['0 0 22 * * *', 'UTC', 'cron'],
    ['0 99 * * *', 'UTC', 'cron'],
    ['0 0 30 2 *', 'UTC', 'never'],
  ])('%s in %s is none: %s', (cron, zone, fault) => {
    expect(createRecurrence({ cron, zone, forMs: hour })).toBe(fault)
  })
})
