import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Line } from '../../../src/metrics/chart.ts'
import { drawChart } from '../../../src/metrics/drawing/chart-svg.ts'
import type { Unit } from '../../../src/metrics/series.ts'
import { width } from '../../../src/metrics/drawing/layout.ts'
import { aChart, aPanel, flat, noon, points, series } from './chart-builder.ts'
import { charts } from './charts.ts'

it.each(Object.entries(charts))('draws %s', async (name, chart) => {
  await expect(`${drawChart(chart)}\n`).toMatchFileSnapshot(`goldens/${name}.svg`)
})

const value = fc.option(fc.double({ noNaN: true, min: -1e305, max: 1e305 }), { nil: null })
const unit = fc.constantFrom<Unit>(
  'cores',
  'bytes',
  'bytes_per_second',
  'per_second',
  'seconds',
  'ratio',
  'count',
  'plain',
)

it('whatever the numbers are, the picture has none that is none', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 20 }), unit, (values, measured) => {
      const found = values.map((one, index) => [noon - index * 60_000, one] as const).reverse()
      const panel = aPanel({ unit: measured, series: [{ name: 'one', labels: {}, points: found }] })
      expect(drawChart(aChart({ panels: [panel] }))).not.toMatch(/NaN|Infinity|undefined|\d{12}/)
    }),
  )
})

it('foreign words are words: no markup, no entity and no character that breaks the document', () => {
  const foreign = '</text><script>&amp;"\u0000\ud800\uffff\u001b[31m\n'
  const svg = drawChart(
    aChart({
      title: foreign,
      aside: foreign,
      panels: [
        aPanel({
          title: foreign,
          series: [series(foreign, () => 1)],
          lines: [{ kind: 'limit', label: foreign, points: flat(1) }],
        }),
        aPanel({ series: [], trouble: foreign }),
      ],
      marks: [{ at: noon - 600_000, kind: 'deploy', text: foreign }],
    }),
  )
  for (const breaking of ['<script', '\u0000', '\ud800', '\uffff', '\u001b']) expect(svg).not.toContain(breaking)
  expect(svg).toContain('&lt;script&gt;&amp;amp;')
})

const texts = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words = '']) => words)

it('no data is said, and is not 0', () => {
  const words = texts(drawChart(aChart({ panels: [aPanel({ series: [series('web', () => null)] })] })))
  expect(words.filter((one) => one === 'No data').length).toBeGreaterThan(0)
  expect(words).not.toContain('0')
  expect(texts(drawChart(aChart({ panels: [aPanel({ series: [series('web', () => 0)] })] })))).not.toContain('No data')
})

it('no line is drawn across a gap', () => {
  const panel = aPanel({ unit: 'plain', series: [series('web', (minutes) => (minutes === 60 ? null : 1))] })
  const [path = ''] = /<path d="M[^"]*" fill="none" stroke="#56b4e9"/.exec(drawChart(aChart({ panels: [panel] }))) ?? []
  expect(path.match(/M/g)).toHaveLength(2)
})

it('more series than anybody tells apart are counted, neither drawn nor silently gone', () => {
  const svg = drawChart(charts.crowd)
  expect(texts(svg)).toContain('and 26 more')
  expect(svg.match(/<circle/g)).toHaveLength(10)
})

it('marks of another time are not in the picture', () => {
  const old = aChart({ marks: [{ at: noon - 86_400_000, kind: 'deploy', text: 'yesterday' }] })
  expect(texts(drawChart(old))).not.toContain('yesterday')
})

it('a limit that was changed is named where it is what its name says', () => {
  const limit: Line = {
    kind: 'limit',
    label: 'limit',
    points: points((minutes) => (minutes < 90 ? 0.9 : 0.6)),
  }
  const near = series('web', (minutes) => (minutes < 90 ? 0.2 : 0.6 + 0.05 * Math.sin(minutes)))
  const svg = drawChart(aChart({ panels: [aPanel({ series: [near], lines: [limit] })] }))
  const x = Number(/x="([\d.]+)"[^>]*>limit 600m</.exec(svg)?.[1])
  expect(x).toBeGreaterThan(0.75 * width - 40)
})
