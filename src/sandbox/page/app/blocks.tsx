import type { JsonObject } from '../../../json.ts'
import { listOf, objectOf, textOf } from '../../slack/json-values.ts'
import { Control, type Press } from './controls.tsx'
import { RichText } from './rich-text.tsx'
import { Picture } from './picture.tsx'
import { Table } from './table.tsx'
import { Text } from './text-object.tsx'

/** What the bot sends, block by block. `press` carries a click or a choice back. */
export function Blocks({ blocks, press }: { readonly blocks: readonly JsonObject[]; readonly press: Press }) {
  return (
    <div class="blocks">
      {blocks.map((block, index) => (
        <Block key={`${index} ${textOf(block['type'])}`} block={block} press={press} />
      ))}
    </div>
  )
}

export function Block({ block, press }: { readonly block: JsonObject; readonly press: Press }) {
  const id = textOf(block['block_id']) ?? ''
  switch (block['type']) {
    case 'header':
      return <h3 class="block-header">{textOf(objectOf(block['text'])['text'])}</h3>
    case 'divider':
      return <hr />
    case 'rich_text':
      return <RichText elements={listOf(block['elements'])} />
    case 'section':
      return <Section block={block} press={press} />
    case 'context':
      return (
        <div class="block-context">
          {listOf(block['elements']).map((element, index) => (
            <span key={index}>
              <Text value={element} />
            </span>
          ))}
        </div>
      )
    case 'actions':
    case 'context_actions':
      return (
        <div class="block-actions">
          {listOf(block['elements'])
            .map(objectOf)
            .map((element) => (
              <Control key={textOf(element['action_id'])} element={element} block={id} press={press} />
            ))}
        </div>
      )
    case 'table':
      return <Table block={block} />
    case 'image':
      return <Picture block={block} />
    case 'markdown':
      return <p class="plain">{textOf(block['text'])}</p>
    case 'alert':
      return (
        <p class="block-alert">
          <Text value={block['text']} />
        </p>
      )
    default:
      return null
  }
}

function Section({ block, press }: { readonly block: JsonObject; readonly press: Press }) {
  const fields = listOf(block['fields'])
  const accessory = objectOf(block['accessory'])
  return (
    <div class="block-section">
      <div class="block-section-text">
        {block['text'] !== undefined && (
          <p>
            <Text value={block['text']} />
          </p>
        )}
        {fields.length > 0 && (
          <div class="block-fields">
            {fields.map((field, index) => (
              <p key={index}>
                <Text value={field} />
              </p>
            ))}
          </div>
        )}
      </div>
      {accessory['type'] === 'image' && (
        <span class="block-thumbnail">
          <Picture block={accessory} />
        </span>
      )}
      {accessory['type'] !== undefined && (
        <Control element={accessory} block={textOf(block['block_id']) ?? ''} press={press} />
      )}
    </div>
  )
}
