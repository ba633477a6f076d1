import { describe, expect, it } from 'vitest'
import { metricsCard } from '../../src/cards/metrics.ts'
import type { Shown } from '../../src/cards/metrics-chart.ts'
import { en } from '../../src/cards/texts/en.ts'
import { zh } from '../../src/cards/texts/zh.ts'
import type { Measured } from '../../src/metrics/measured.ts'

const measured = (value: number | null, about: Partial<Measured> = {}): Measured => ({
  unit: 'bytes',
  series: [{ name: 'web', labels: {}, points: [[0, value]] }],
  unshown: 0,
  lines: [],
  shadows: [],
  problems: [],
  ...about,
})

const shown: Shown = {
  what: 'shop/web',
  clusters: ['prod'],
  panels: [{ of: 'memory', measured: measured(2 * 1024 ** 3) }],
  window: { from: 0, to: 3_600_000, stepMs: 15_000 },
  compareMs: undefined,
  marks: [],
  zone: 'UTC',
}

const links = { refresh: 'prod:shop/deployment/web', clusters: [], presets: [] }
const notes = { troubles: [] }

describe('the card of a chart', () => {
  it('says the numbers of the picture in words, for those who do not see it', () => {
    const { parts } = metricsCard({ shown, png: 'AAAA', links, notes }, en)
    expect(parts).toContainEqual({
      kind: 'picture',
      name: 'shop-web-memory.png',
      about: 'Chart of shop/web on prod, last 1h, every 15s. Memory: web: last 2 GiB, min 2 GiB, max 2 GiB',
      png: 'AAAA',
    })
    const limit = {
      kind: 'limit' as const,
      label: zh.metrics.measure.bounds.limit,
      points: [[0, 3 * 1024 ** 3] as const],
    }
    const held = {
      ...shown,
      panels: [{ of: 'memory' as const, measured: measured(2 * 1024 ** 3, { lines: [limit] }) }],
    }
    expect(JSON.stringify(metricsCard({ shown: held, png: 'AAAA', links, notes }, zh).parts)).toContain(
      'web：最新 2 GiB，最小 2 GiB，最大 2 GiB；上限 3 GiB',
    )
  })

  it('has its numbers also where no picture could be drawn, and says that', () => {
    const said = JSON.stringify(metricsCard({ shown, png: undefined, links, notes }, en).parts)
    expect(said).toContain('web: last 2 GiB')
    expect(said).toContain(en.metrics.noPicture)
    expect(said).not.toContain('"picture"')
  })

  it('calls gaps no data, and says which zone there is not', () => {
    const gaps = { ...shown, panels: [{ of: 'memory' as const, measured: measured(null) }] }
    const said = JSON.stringify(
      metricsCard({ shown: gaps, png: 'AAAA', links, notes: { troubles: [], unknownZone: 'Mars/Base' } }, en).parts,
    )
    expect(said).toContain('no data')
    expect(said).not.toContain('last 0')
    expect(said).toContain('There is no time zone “Mars/Base”; times are in UTC.')
  })

  it('says what was so long ago, and where there is nothing to compare with', () => {
    const compared = (about: Partial<Measured>): string => {
      const panels = [{ of: 'memory' as const, measured: measured(2 * 1024 ** 3, about) }]
      return JSON.stringify(
        metricsCard({ shown: { ...shown, panels, compareMs: 604_800_000 }, png: 'AAAA', links, notes }, en).parts,
      )
    }
    const shadow = (value: number | null) => ({ name: 'web', labels: {}, points: [[0, value] as const] })
    const before = compared({ shadows: [shadow(1024 ** 3)] })
    expect(before).toContain('max 2 GiB (7d earlier: 1 GiB)')
    expect(before).not.toContain('Nothing to compare with')
    expect(compared({})).toContain('Nothing to compare with')
    expect(compared({ shadows: [shadow(null)] })).toContain('Nothing to compare with')
  })

  it('leaves out of the menu what is too long for one', () => {
    const presets = [
      { of: 'cpu', line: `prod:shop/deployment/${'w'.repeat(60)} cpu` },
      { of: 'memory', line: 'prod:shop/deployment/web memory' },
    ] as const
    const { parts } = metricsCard({ shown, png: 'AAAA', links: { ...links, presets }, notes }, en)
    const menus = parts
      .flatMap((part) => (part.kind === 'buttons' ? part.buttons : []))
      .filter((one) => 'options' in one)
    expect(menus).toMatchObject([{ options: [{ label: 'Memory', value: 'prod:shop/deployment/web memory' }] }])
  })
})
