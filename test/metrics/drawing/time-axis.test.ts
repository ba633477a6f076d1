import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeTicks, zoneName } from '../../../src/metrics/drawing/time-axis.ts'

const hour = 3_600_000
const berlin = { zone: 'Europe/Berlin', language: 'en' } as const
const said = (from: number, hours: number, reader: Parameters<typeof timeTicks>[1] = berlin): readonly string[] =>
  timeTicks({ from, to: from + hours * hour }, reader, 8).map(({ at, text }) => `${text}=${new Date(at).toISOString()}`)

describe('the time axis', () => {
  it('has round moments of the reader’s own clock, also in zones of odd minutes', () => {
    expect(said(Date.UTC(2026, 5, 1, 4, 7), 2, { zone: 'Asia/Kathmandu', language: 'en' })).toEqual([
      '10:00=2026-06-01T04:15:00.000Z',
      '10:15=2026-06-01T04:30:00.000Z',
      '10:30=2026-06-01T04:45:00.000Z',
      '10:45=2026-06-01T05:00:00.000Z',
      '11:00=2026-06-01T05:15:00.000Z',
      '11:15=2026-06-01T05:30:00.000Z',
      '11:30=2026-06-01T05:45:00.000Z',
      '11:45=2026-06-01T06:00:00.000Z',
    ])
  })

  it('leaves out the hour that summer time skips', () => {
    expect(said(Date.UTC(2026, 2, 28, 23, 30), 5)).toEqual([
      '01:00=2026-03-29T00:00:00.000Z',
      '03:00=2026-03-29T01:00:00.000Z',
      '04:00=2026-03-29T02:00:00.000Z',
      '05:00=2026-03-29T03:00:00.000Z',
      '06:00=2026-03-29T04:00:00.000Z',
    ])
  })

  it('says the hour that comes twice once, and goes on with the right one', () => {
    expect(said(Date.UTC(2026, 9, 24, 23), 5)).toEqual([
      '01:00=2026-10-24T23:00:00.000Z',
      '02:00=2026-10-25T00:00:00.000Z',
      '03:00=2026-10-25T02:00:00.000Z',
      '04:00=2026-10-25T03:00:00.000Z',
      '05:00=2026-10-25T04:00:00.000Z',
    ])
  })

  it('says the day where one begins, in the reader’s language', () => {
    expect(said(Date.UTC(2026, 5, 1, 13), 6, { zone: 'Asia/Shanghai', language: 'zh' })).toContain(
      '6月2日=2026-06-01T16:00:00.000Z',
    )
  })

  it('names the zone, and both where clocks are changed', () => {
    expect(zoneName({ from: Date.UTC(2026, 2, 28), to: Date.UTC(2026, 2, 30) }, berlin)).toBe('CET → CEST')
    expect(zoneName({ from: 0, to: 1 }, { zone: 'Asia/Shanghai', language: 'zh' })).toBe('GMT+8')
  })

  it('is in order, within its range and never crowded, whatever the range and the zone', () => {
    const zones = ['UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Apia', 'America/St_Johns', 'Africa/Cairo']
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }),
        fc.integer({ min: 60_000, max: 400 * 24 * hour }),
        fc.constantFrom(...zones),
        (from, span, zone) => {
          const ticks = timeTicks({ from, to: from + span }, { zone, language: 'en' }, 6).map(({ at }) => at)
          expect(ticks).toEqual([...new Set(ticks)].sort((one, other) => one - other))
          expect(ticks.every((at) => at >= from && at <= from + span)).toBe(true)
          expect(ticks.length).toBeLessThanOrEqual(8)
        },
      ),
      { numRuns: 200 },
    )
  })
})
