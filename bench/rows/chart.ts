import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Chart } from '../../src/metrics/chart.ts'
import { drawChart } from '../../src/metrics/drawing/chart-svg.ts'
import type { Pictures } from '../../src/metrics/drawing/pictures.ts'
import { createPictures } from '../../src/metrics/drawing/pictures.ts'
import type { Point, Series } from '../../src/metrics/series.ts'
import { systemClock } from '../../src/time/clock.ts'
import { median, quantile, timed } from '../numbers.ts'
import { residentBytes } from '../resident.ts'
import type { Row } from '../row.ts'
import { atMost, mebibytes, ms } from '../row.ts'

const to = Date.UTC(2026, 2, 4, 12)
const stepMs = 30_000
const steps = 300
/** By then a painter without work has ended. */
const restMs = 10_000
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const range = { from: to - (steps - 1) * stepMs, to }

export const chart: Row = {
  name: 'chart',
  about: 'a chart as PNG: 5 series of 300 points, a limit, two marks, Chinese words',
  run: async (bench) => {
    const pictures = createPictures({
      painter: pathToFileURL(join(bench.root, 'dist/painter.cjs')),
      clock: systemClock,
      report: (error) => {
        throw error
      },
    })
    try {
      const before = residentBytes(process.pid)
      const first = await timed(() => painted(pictures))
      for (let at = 0; at < 20; at += 1) await painted(pictures)
      const early = residentBytes(process.pid)
      const warm: number[] = []
      for (let at = 0; at < bench.count('CHARTS', 200); at += 1) warm.push(await timed(() => painted(pictures)))
      const late = residentBytes(process.pid)
      await pause(restMs)
      const after = residentBytes(process.pid)
      const svg: number[] = []
      for (let at = 0; at < 50; at += 1) svg.push(await timed(() => drawChart(sample)))
      return [
        {
          what: 'chart as PNG, 5 series × 300 points: warm p50, p99; the first one',
          ours: `${ms(median(warm))}, ${ms(quantile(warm, 0.99))}; ${ms(first)}`,
          against: `of it on the main thread ${ms(median(svg))}`,
          reach: atMost(150, median(warm), 'ms warm'),
        },
        {
          what: `memory with its painter, after 21 and after ${21 + warm.length} charts`,
          ours: `${mebibytes(early)}, ${mebibytes(late)}`,
          against: '–',
          ratio: late / early,
          reach: atMost(1.15, late / early),
        },
        {
          what: `memory ${restMs / 1000} s after the last chart`,
          ours: mebibytes(after),
          against: `before the first ${mebibytes(before)}`,
          ratio: after / before,
          reach: atMost(1.15, after / before),
        },
      ]
    } finally {
      await pictures.close()
    }
  },
}

async function painted(pictures: Pictures): Promise<void> {
  const picture = await pictures.draw(sample)
  if (picture.kind !== 'drawn') throw new Error(`a chart was ${picture.kind}`)
}

const seriesOf = (index: number): Series => ({
  name: `订单服务-7d9f8b6c5-${index}`,
  labels: {},
  points: Array.from({ length: steps }, (_, step): Point => {
    const value = 150 + 22 * index + 9 * Math.sin((step + 11 * index) / 19) + 3 * Math.sin(step * 1.9)
    return [range.from + step * stepMs, value * 1_048_576]
  }),
})

const sample: Chart = {
  title: '生产集群 shop/订单服务',
  aside: '最近 2 小时 30 分，每 30 秒',
  range,
  stepMs,
  zone: 'Asia/Shanghai',
  language: 'zh',
  words: {
    last: '当前',
    min: '最小',
    max: '最大',
    noData: '没有数据',
    cores: () => '核',
    unshown: (count) => `另有 ${count} 条未显示`,
  },
  marks: [
    { at: to - 80 * 60_000, kind: 'deploy', text: '1.5.0' },
    { at: to - 20 * 60_000, kind: 'scale', text: '3 → 5' },
  ],
  panels: [
    {
      title: '内存',
      unit: 'bytes',
      series: [0, 1, 2, 3, 4].map(seriesOf),
      unshown: 0,
      shadows: [],
      lines: [
        {
          kind: 'limit',
          label: '上限',
          points: [
            [range.from, 300 * 1_048_576],
            [range.to, 300 * 1_048_576],
          ],
        },
      ],
    },
  ],
}
