import type { Json, JsonObject } from '../../../json.ts'
import { listOf, objectOf, textOf } from '../../slack/json-values.ts'
import { RichText } from './rich-text.tsx'
import { useTexts } from './texts/use-texts.ts'

/** A `table` block: its first row is the head. */
export function Table({ block }: { readonly block: JsonObject }) {
  const { chat } = useTexts()
  const settings = listOf(block['column_settings']).map(objectOf)
  const [head, ...body] = listOf(block['rows']).map(listOf)
  const look = (column: number) => {
    const { align, is_wrapped: wrapped } = settings[column] ?? {}
    return `${textOf(align) ?? ''}${wrapped === true ? ' wrapped' : ''}`
  }
  return (
    <div class="block-table" tabIndex={0} role="region" aria-label={textOf(block['caption']) ?? chat.table}>
      <table>
        <thead>
          <tr>
            {head?.map((one, column) => (
              <th key={column} class={look(column)}>
                <Cell value={one} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, index) => (
            <tr key={index}>
              {row.map((one, column) => (
                <td key={column} class={look(column)}>
                  <Cell value={one} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ value }: { readonly value: Json }) {
  const { type, elements, text, value: number } = objectOf(value)
  if (type === 'rich_text') return <RichText elements={listOf(elements)} />
  return <>{textOf(text) ?? (typeof number === 'number' ? String(number) : '')}</>
}
