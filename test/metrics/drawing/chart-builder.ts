import type { Chart, Panel } from '../../../src/metrics/chart.ts'
import type { Point, Series, Unit } from '../../../src/metrics/series.ts'

export const minute = 60_000
export const noon = Date.UTC(2026, 2, 4, 12)
export const range = { from: noon - 120 * minute, to: noon }
const stepMs = 30_000

export const english = {
  last: 'last',
  min: 'min',
  max: 'max',
  noData: 'No data',
  cores: (count: number) => (count === 1 ? 'core' : 'cores'),
  unshown: (count: number) => `and ${count} more`,
}
export const chinese = {
  last: '当前',
  min: '最小',
  max: '最大',
  noData: '没有数据',
  cores: () => '核',
  unshown: (count: number) => `另有 ${count} 条未显示`,
}

/** Values at every step of two hours or of another range, from a function of minutes. */
export function points(value: (minutes: number) => number | null, over = { ...range, stepMs }): readonly Point[] {
  const found: Point[] = []
  for (let at = over.from; at <= over.to; at += over.stepMs) found.push([at, value((at - over.from) / minute)])
  return found
}

export const series = (name: string, value: (minutes: number) => number | null): Series => ({
  name,
  labels: { pod: name },
  points: points(value),
})

export const flat = (value: number): readonly Point[] => [
  [range.from, value],
  [range.to, value],
]

/** Waves that look like load, the same every time. */
export const wave =
  (base: number, height: number, phase = 0) =>
  (minutes: number): number =>
    Math.max(
      0,
      base +
        height * Math.sin((minutes + phase) / 19) +
        0.35 * height * Math.sin((minutes + 3 * phase) / 5.3) +
        0.18 * height * Math.sin(minutes * 1.9 + phase),
    )

export const aPanel = (panel: Partial<Panel> & { readonly unit?: Unit } = {}): Panel => ({
  title: 'CPU',
  unit: 'cores',
  series: [series('web-7d9f8b6c5-x2x7k', wave(0.32, 0.12))],
  unshown: 0,
  lines: [],
  shadows: [],
  ...panel,
})

export const aChart = (chart: Partial<Chart> = {}): Chart => ({
  title: 'shop/web on prod',
  aside: 'last 2 hours, every 30 s',
  panels: [aPanel()],
  range,
  stepMs,
  marks: [],
  zone: 'Europe/Berlin',
  language: 'en',
  words: english,
  ...chart,
})
