import type { Chart } from './chart.ts'

/** The same chart with `mask` over every word in it that may come from elsewhere: what is painted cannot be masked later. */
export function maskedChart(chart: Chart, mask: (text: string) => string): Chart {
  const named = <Item extends { readonly name: string }>(items: readonly Item[]): readonly Item[] =>
    items.map((item) => ({ ...item, name: mask(item.name) }))
  return {
    ...chart,
    title: mask(chart.title),
    panels: chart.panels.map((panel) => ({
      ...panel,
      title: mask(panel.title),
      series: named(panel.series),
      shadows: named(panel.shadows),
      ...(panel.trouble === undefined ? {} : { trouble: mask(panel.trouble) }),
    })),
    marks: chart.marks.map((mark) => ({ ...mark, text: mask(mark.text) })),
  }
}
