import type { Json, JsonObject } from '../../../json.ts'
import { isList, isObject, objectOf, textOf } from '../json-values.ts'

/** Slack names every block and interactive element that the app left nameless. */
export function withIds(blocks: readonly JsonObject[], nextId: (prefix: string) => string): JsonObject[] {
  const named = (element: Json): Json =>
    isObject(element) && interactive.has(textOf(element['type']) ?? '') && element['action_id'] === undefined
      ? { ...element, action_id: nextId('act-') }
      : element
  return blocks.map((block) => ({
    ...block,
    block_id: block['block_id'] ?? nextId('blk-'),
    ...(isList(block['elements']) && block['type'] !== 'rich_text' && { elements: block['elements'].map(named) }),
    ...(isObject(block['accessory']) && { accessory: named(block['accessory']) }),
    ...(isObject(block['element']) && { element: named(block['element']) }),
  }))
}

export const interactive = new Set([
  'button',
  'overflow',
  'radio_buttons',
  'checkboxes',
  'workflow_button',
  'feedback_buttons',
  'icon_button',
  'static_select',
  'users_select',
  'conversations_select',
  'channels_select',
  'external_select',
  'multi_static_select',
  'multi_users_select',
  'multi_conversations_select',
  'multi_channels_select',
  'multi_external_select',
  'datepicker',
  'timepicker',
  'datetimepicker',
  'plain_text_input',
  'number_input',
  'email_text_input',
  'url_text_input',
  'rich_text_input',
  'file_input',
])

export interface Control {
  readonly block: JsonObject
  readonly element: JsonObject
}

/** Every element somebody can press, choose or fill in, with the block it stands in. */
export function controlsIn(blocks: readonly Json[]): readonly Control[] {
  return blocks.flatMap((one) => {
    const block = objectOf(one)
    const elements = [
      ...(isList(block['elements']) && block['type'] !== 'rich_text' ? block['elements'] : []),
      ...(isList(block['actions']) ? block['actions'] : []),
      block['accessory'] ?? null,
      block['element'] ?? null,
    ]
    const nested = [...(isList(block['cards']) ? block['cards'] : []), ...nestedBlocks(block)]
    return [
      ...elements
        .filter(isObject)
        .flatMap((element) => (interactive.has(textOf(element['type']) ?? '') ? [{ block, element }] : [])),
      ...controlsIn(nested),
    ]
  })
}

const nestedBlocks = (block: JsonObject) =>
  block['type'] === 'container' && isList(block['blocks']) ? block['blocks'] : []
