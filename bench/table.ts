import type { Measure } from './row.ts'

const columns = ['what', 'ours', 'against', 'ratio', 'reach', ''] as const

/** The measures as Markdown that also reads well in a terminal. */
export function table(measures: readonly Measure[]): string {
  const rows = [columns, columns.map(() => ''), ...measures.map(cells)]
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)))
  return rows
    .map((row, line) => {
      const padded = widths.map((width, at) => (line === 1 ? '-'.repeat(width) : (row[at] ?? '').padEnd(width)))
      return `| ${padded.join(' | ')} |`
    })
    .join('\n')
}

function cells({ what, ours, against, ratio, reach, note }: Measure): readonly string[] {
  if (note !== undefined) return [what, note, '', '', '', '']
  const shown = ratio === undefined ? '' : `${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)} ×`
  return [what, ours, against, shown, reach?.words ?? '', reach === undefined ? '' : reach.met ? 'reached' : 'MISSED']
}
