import { describe, expect, it } from 'vitest'
import { extentOf } from '../../src/metrics/series.ts'
import type { Unit } from '../../src/metrics/series.ts'
import { formatValue } from '../../src/metrics/units.ts'
import { chinese, english } from './drawing/chart-builder.ts'

describe('a value for people', () => {
  it.each<[number, Unit, string]>([
    [0.25, 'cores', '250m'],
    [0.0429, 'cores', '42.9m'],
    [0.0004, 'cores', '0.4m'],
    [0, 'cores', '0 cores'],
    [1, 'cores', '1 core'],
    [1.5, 'cores', '1.5 cores'],
    [12, 'cores', '12 cores'],
    [0, 'bytes', '0 B'],
    [536_870_912, 'bytes', '512 MiB'],
    [1536, 'bytes_per_second', '1.5 KiB/s'],
    [12.34, 'per_second', '12.3 /s'],
    [45_600, 'per_second', '45.6 k/s'],
    [0.0421, 'seconds', '42.1 ms'],
    [0.000042, 'seconds', '42 µs'],
    [3, 'seconds', '3 s'],
    [600, 'seconds', '10 min'],
    [0.4567, 'ratio', '45.7 %'],
    [1.5, 'ratio', '150 %'],
    [3, 'count', '3'],
    [9_999, 'count', '9999'],
    [1_234_567, 'plain', '1.23 M'],
    [-2048, 'bytes', '-2 KiB'],
    [2.5e14, 'plain', '250 T'],
    [2.5e20, 'plain', '2.5e+20'],
  ])('writes %d %s as %s', (value, unit, text) => {
    expect(formatValue(value, unit, english)).toBe(text)
  })

  it('says the unit of CPU in the reader’s word', () => {
    expect(formatValue(2, 'cores', chinese)).toBe('2 核')
  })
})

describe('the extent of a series', () => {
  it('passes over gaps', () => {
    const points = [
      [0, null],
      [1, 4],
      [2, 2],
      [3, null],
    ] as const
    expect(extentOf({ points })).toEqual({ last: { at: 2, value: 2 }, min: 2, max: 4 })
  })

  it('is nothing where there are gaps only: no data is not 0', () => {
    expect(extentOf({ points: [[0, null]] })).toBeUndefined()
    expect(extentOf({ points: [] })).toBeUndefined()
  })
})
