import { expect, it } from 'vitest'
import type { Line } from '../../../src/metrics/chart.ts'
import type { Unit } from '../../../src/metrics/series.ts'
import { valueAxis } from '../../../src/metrics/drawing/value-axis.ts'
import { aPanel, english, flat, series } from './chart-builder.ts'

const axisOf = (unit: Unit, value: number, lines: readonly Line[] = []) =>
  valueAxis(aPanel({ unit, series: [series('one', (minutes) => (minutes === 0 ? value / 2 : value))], lines }), 4)
const mebibyte = 1_048_576

it.each<[Unit, number, { readonly ticks: readonly string[]; readonly words: string }]>([
  ['cores', 0.09, { ticks: ['0', '20m', '40m', '60m', '80m', '100m'], words: '90m' }],
  ['cores', 1.5, { ticks: ['0', '500m', '1', '1.5', '2'], words: '1.5' }],
  ['bytes', 0, { ticks: ['0', '1'], words: '0 B' }],
  ['bytes', 0.34 * 1024 ** 3, { ticks: ['0', '100', '200', '300', '400'], words: '348 MiB' }],
  ['bytes', 1.2 * 1024 ** 3, { ticks: ['0', '0.5', '1', '1.5'], words: '1.2 GiB' }],
  ['bytes', 240 * mebibyte, { ticks: ['0', '50', '100', '150', '200', '250'], words: '240 MiB' }],
  ['per_second', 1800, { ticks: ['0', '0.5', '1', '1.5', '2'], words: '1.8 k/s' }],
  ['ratio', 1, { ticks: ['0', '20', '40', '60', '80', '100'], words: '100 %' }],
  ['ratio', 1.04, { ticks: ['0', '20', '40', '60', '80', '100', '120'], words: '104 %' }],
  ['ratio', 0.08, { ticks: ['0', '2', '4', '6', '8', '10'], words: '8 %' }],
  ['seconds', 0.35, { ticks: ['0', '100', '200', '300', '400'], words: '350 ms' }],
  ['count', 1, { ticks: ['0', '1'], words: '1' }],
])('%s up to %d have round ticks of one unit', (unit, value, { ticks, words }) => {
  const axis = axisOf(unit, value)
  expect(axis.ticks.map(({ text }) => text)).toEqual(ticks)
  expect(axis.write(value, english)).toBe(words)
})

it('a limit near the data is in sight; one far above it does not press the data flat', () => {
  const limit = (value: number): Line => ({ kind: 'limit', label: 'limit', points: flat(value) })
  expect(axisOf('bytes', 200 * mebibyte, [limit(256 * mebibyte)]).to).toBeGreaterThanOrEqual(256 * mebibyte)
  expect(axisOf('bytes', 20 * mebibyte, [limit(256 * mebibyte)]).to).toBeLessThan(30 * mebibyte)
})

it('two ticks are never written alike', () => {
  const far = aPanel({ unit: 'plain', series: [series('one', (minutes) => 12_000 + minutes)] })
  expect(valueAxis(far, 3).ticks.map(({ text }) => text)).toEqual(['12', '12.05', '12.1', '12.15'])
})

it('begins at 0, but for numbers of unknown meaning that stay far from it', () => {
  expect(axisOf('seconds', 100).from).toBe(0)
  const far = aPanel({ unit: 'plain', series: [series('one', (minutes) => 1000 + minutes)] })
  expect(valueAxis(far, 4).from).toBe(1000)
})
