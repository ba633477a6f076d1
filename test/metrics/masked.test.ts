import { expect, test } from 'vitest'
import { maskedChart } from '../../src/metrics/masked.ts'
import { aChart } from './drawing/chart-builder.ts'

test('no word from elsewhere is painted unmasked, and no number is changed', () => {
  const series = { name: 'job="hidden"', labels: {}, points: [[0, 1] as const] }
  const chart = aChart({
    title: 'up{a="hidden"}',
    panels: [
      { title: 'hidden', unit: 'plain', series: [series], unshown: 0, lines: [], shadows: [series], trouble: 'hidden' },
    ],
    marks: [{ at: 0, kind: 'deploy', text: 'hidden' }],
  })
  const masked = maskedChart(chart, (text) => text.replaceAll('hidden', '***'))
  expect(JSON.stringify(masked)).not.toContain('hidden')
  expect(masked.panels[0]?.series[0]?.points).toEqual(series.points)
  expect(masked.panels[0]?.shadows[0]?.name).toBe(masked.panels[0]?.series[0]?.name)
})
