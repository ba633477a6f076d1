import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Duration, formatDuration, parseDuration } from '../../src/time/durations.ts'

describe('durations', () => {
  test.each([
    ['6s', 6000],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['1h30m', 5_400_000],
    ['1d2h3m4s', 93_784_000],
    ['0s', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  test.each([
    '',
    '90',
    '1.5h',
    '-5m',
    '+5m',
    '5 m',
    '5M',
    '30m1h',
    '1h1h',
    '5w',
    '5ms',
    'm',
    '1h30',
    ' 1h',
    '99999999999999d',
    'forever',
  ])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  test('a formatted duration reads back as itself', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), (seconds) => parseDuration(formatDuration(seconds * 1000)) === seconds * 1000),
    )
    expect(formatDuration(5_400_000)).toBe('1h30m')
    expect(formatDuration(0)).toBe('0s')
  })

  test('in a file it is longer than nothing, and never a bare number', () => {
    expect(Duration.safeParse('10s').data).toBe(10_000)
    expect(Duration.safeParse('0s').success).toBe(false)
    expect(Duration.safeParse(10).success).toBe(false)
  })
})
