import { writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { metricsChart } from '../../src/cards/metrics-chart.ts'
import { en } from '../../src/cards/texts/en.ts'
import { createCatalogue } from '../../src/metrics/catalogue.ts'
import { drawChart } from '../../src/metrics/drawing/chart-svg.ts'
import { readPreset } from '../../src/metrics/instant.ts'
import { measurePreset } from '../../src/metrics/measure.ts'
import { board } from '../../src/metrics/presets.ts'
import { createSource } from '../../src/metrics/source.ts'
import { windowOf } from '../../src/metrics/window.ts'
import { systemClock } from '../../src/time/clock.ts'
import { measureWords as words } from '../support/measure-words.ts'
import { aRealPrometheus, hasPrometheus } from '../support/real-prometheus.ts'
import { shopSeries } from '../support/written-series.ts'
import type { WrittenSeries } from '../support/written-series.ts'

const hour = 3_600_000
const week = 7 * 24 * hour

const Matrix = z.object({
  data: z.object({ result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })) }),
})

/** As they are now, and as they were a week ago: two thirds of it. */
function withWeekBefore(span: { readonly from: number; readonly to: number }): readonly WrittenSeries[] {
  const before = shopSeries({ from: span.from - week, to: span.to - week })
  return shopSeries(span).map((one, index) => ({
    labels: one.labels,
    samples: [...(before[index]?.samples ?? []).map(([at, value]) => [at, (value * 2) / 3] as const), ...one.samples],
  }))
}

test.skipIf(!hasPrometheus)(
  'last week beside today is what a real Prometheus says of last week, moved by one week (needs prometheus and promtool)',
  async () => {
    const now = Date.now()
    const url = await aRealPrometheus(withWeekBefore({ from: now - 4 * hour, to: now }))
    const source = createSource(
      { cluster: 'prod', url, credential: { kind: 'none' }, matchers: [], certificates: async () => ({}) },
      { clock: systemClock },
    )
    onTestFinished(() => source.close())
    /** As `curl` asks it: no code of ours. */
    const plainly = async (query: string, { from, to }: { readonly from: number; readonly to: number }) => {
      const params = { query, start: `${from / 1000}`, end: `${to / 1000}`, step: `${window.stepMs / 1000}` }
      const answer = await fetch(new URL(`/api/v1/query_range?${String(new URLSearchParams(params))}`, url))
      const { data } = Matrix.parse(await answer.json())
      return data.result[0]?.values.map(([seconds, value]) => [seconds * 1000, Number(value)]) ?? []
    }
    const found = windowOf({ to: now, rangeMs: 3 * hour, stepMs: undefined })
    if (!found.ok) throw new Error(found.problem.code)
    const { window } = found
    const catalogue = createCatalogue({ clock: systemClock })
    const spots = [{ source, subject: { namespace: 'shop', kind: 'Deployment' as const, name: 'web' } }]
    const panels = await Promise.all(
      board.map(async (preset) => ({
        of: preset.name,
        measured: await measurePreset({ preset, spots, by: [], window, compareMs: week }, { catalogue, words }),
      })),
    )
    const pods = 'namespace="shop",pod=~"web-7d9f8b6c5-.*"'
    for (const [name, query] of [
      ['cpu', `sum(rate(container_cpu_usage_seconds_total{${pods},container="web"}[5m]))`],
      ['memory', `sum(container_memory_working_set_bytes{${pods}})`],
      ['requests', `sum(rate(http_requests_total{${pods}}[5m]))`],
    ] as const) {
      const measured = panels.find(({ of }) => of === name)?.measured
      const known = (points: readonly (readonly [number, number | null])[] = []) =>
        points.filter(([, value]) => value !== null)
      const today = known(measured?.series[0]?.points)
      const before = known(measured?.shadows[0]?.points)
      expect(today.length).toBeGreaterThan(150)
      expect(today, name).toEqual(await plainly(query, window))
      const lastWeek = await plainly(query, { from: window.from - week, to: window.to - week })
      expect(before, name).toEqual(lastWeek.map(([at = 0, value = 0]) => [at + week, value]))
      expect(before).not.toEqual(today)
      // And as it stands now, for the table.
      const preset = board.find((one) => one.name === name)
      if (preset === undefined) throw new Error(`${name} is not on the board`)
      const { readings } = await readPreset({ preset, spots, by: [], at: window.to }, { catalogue, words })
      expect(readings, name).toEqual([{ name: 'web', value: today.at(-1)?.[1] }])
    }
    const folder = process.env['READBACK_PICTURES']
    if (folder !== undefined) {
      const shown = { what: 'shop/web', clusters: ['prod'], panels, window, compareMs: week, marks: [], zone: 'UTC' }
      writeFileSync(`${folder}/week-ago.svg`, drawChart(metricsChart(shown, en)))
    }
  },
)
