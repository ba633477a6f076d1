import { expect, onTestFinished, test } from 'vitest'
import type { ChartAsk } from '../../src/alerts/enrichment/chart.ts'
import { comparisonIn } from '../../src/alerts/enrichment/expression.ts'
import { createAlertCharts } from '../../src/assembly/alert-charts.ts'
import { chooseTexts } from '../../src/cards/texts/choose.ts'
import { ChannelId } from '../../src/chat/identity.ts'
import type { Chart } from '../../src/metrics/chart.ts'
import { createSource } from '../../src/metrics/source.ts'
import { systemClock } from '../../src/time/clock.ts'
import { someNumbers } from '../support/shop-numbers.ts'

const now = Date.UTC(2026, 10, 24, 12)
const hour = 3_600_000

/** What would be drawn for an alert of this expression, and what is said for those who do not see it. */
async function chartOf(expression: string, about: Partial<ChartAsk> = {}): Promise<{ chart: Chart; alt: string }> {
  const { url } = await someNumbers()
  const source = createSource(
    { cluster: 'prod', url, credential: { kind: 'none' }, matchers: [], certificates: async () => ({}) },
    { clock: systemClock },
  )
  onTestFinished(() => source.close())
  const drawn: Chart[] = []
  const charts = createAlertCharts({
    source: () => source,
    draw: async (chart) => {
      drawn.push(chart)
      return 'AAAA'
    },
    texts: chooseTexts({ language: 'en', channels: new Map() }),
    zone: 'Asia/Shanghai',
  })
  const ask: ChartAsk = {
    cluster: 'prod',
    alertname: 'TooMuch',
    expression: comparisonIn(expression),
    labels: {},
    from: now - 2 * hour,
    to: now,
    beganAt: now - hour,
    channel: ChannelId.parse('C0ALERTS'),
    ...about,
  }
  const charted = await charts(ask, new AbortController().signal)
  const [chart] = drawn
  if (charted.kind !== 'picture' || chart === undefined) throw new Error('nothing was drawn')
  return { chart, alt: charted.picture.about }
}

test('the picture of an alert has the house’s zone and a mark where it began', async () => {
  const { chart } = await chartOf('up < 10')
  expect(chart.zone).toBe('Asia/Shanghai')
  expect(chart.marks).toEqual([{ at: now - hour, kind: 'alert', text: 'alert began' }])
})

test('its numbers and its threshold are written in the unit of the expression', async () => {
  const { chart, alt } = await chartOf('sum(rate(container_cpu_usage_seconds_total[5m])) > 0.2')
  expect(chart.panels[0]?.unit).toBe('cores')
  expect(alt).toContain('last 250m, min 250m, max 250m; threshold 200m')
  const memory = await chartOf('sum(container_memory_working_set_bytes) > 100 * 1024')
  expect(memory.alt).toContain('last 200 MiB')
  const unknown = await chartOf('something_else > 5')
  expect(unknown.alt).toContain('last 7, min 7, max 7; threshold 5')
})
