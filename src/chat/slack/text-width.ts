/** East Asian wide and fullwidth characters, and emoji: two columns in a fixed-width font. */
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u
const none = /[\p{Mark}\uFE0F]/u

/** Columns a text takes in a fixed-width font. */
export function textWidth(text: string): number {
  let width = 0
  for (const character of text) {
    if (none.test(character)) continue
    width += wide.test(character) ? 2 : 1
  }
  return width
}

/** Cells in columns, two spaces apart; columns of numbers stand to the right. */
export function alignedTable(columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const lines = [columns, ...rows]
  const count = Math.max(0, ...lines.map((line) => line.length))
  const indexes = Array.from({ length: count }, (_, index) => index)
  const widths = indexes.map((index) => Math.max(...lines.map((line) => textWidth(line[index] ?? ''))))
  const numeric = indexes.map((index) => rows.length > 0 && rows.every((row) => isNumber(row[index])))
  return lines.map((line) =>
    indexes
      .map((index) => {
        const cell = line[index] ?? ''
        const space = ' '.repeat((widths[index] ?? 0) - textWidth(cell))
        return numeric[index] === true ? space + cell : cell + space
      })
      .join('  ')
      .trimEnd(),
  )
}

function isNumber(cell: string | undefined): boolean {
  return cell !== undefined && /^[-+]?\d[\d.,]*\s?(%|m|k|[KMGT]i?B?|s|ms|h|d)?$/.test(cell)
}
