import { listOf } from '../../json-values.ts'
import { textSize } from '../../text-size.ts'
import type { Check } from '../check.ts'
import { flag, id, integer, list, memberOf, oneOf, oneOfTypes, shape, text } from '../check.ts'
import { richTextBlock } from './rich-text.ts'

const numeric: Check = (value, pointer, report) => {
  if (typeof value !== 'number') report.problem('must provide a number', pointer)
}
const raw = {
  raw_text: shape({ text: text({ max: 40_000 }) }),
  raw_number: shape({ value: numeric, text: text({ max: 255 }) }),
}
const cell = oneOfTypes({ ...raw, rich_text: richTextBlock })
const column = shape({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag })

/** Empty cells are refused: raw text has one character at least. */
export const table = shape(
  { rows: list(list(cell, { max: 20 }), { max: 100 }) },
  { block_id: id, column_settings: list(column, { min: 0, max: 20 }) },
)

export const dataTable = shape(
  {
    caption: text({ max: 3_000 }),
    rows: list(list(cell, { max: 20 }), { min: 2, max: 201, warnAbove: 101 }),
  },
  { block_id: id, page_size: integer({ min: 1, max: 100 }), row_header_column_index: integer({ max: 19 }) },
  (value, pointer, report) => {
    const rows = listOf(memberOf(value, 'rows'))
    listOf(rows[0]).forEach((heading, index) => {
      if (memberOf(heading, 'type') === 'rich_text')
        report.problem('the header takes no rich_text', `${pointer}/rows/0/${index}`)
    })
    const size = textSize(rows)
    if (size > 20_000) report.problem('must be less than 20001 characters', `${pointer}/rows`)
    else if (size > 10_000) report.warn('longer than 10000 characters', `${pointer}/rows`)
  },
)
