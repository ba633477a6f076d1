import type { Json, JsonObject } from '../../../json.ts'
import { isList, isObject, objectOf, textOf } from '../json-values.ts'

const interactive = new Set(
  [
    'button overflow radio_buttons checkboxes workflow_button feedback_buttons icon_button',
    'static_select users_select conversations_select channels_select external_select',
    'multi_static_select multi_users_select multi_conversations_select multi_channels_select multi_external_select',
    'datepicker timepicker datetimepicker plain_text_input number_input email_text_input url_text_input',
    'rich_text_input file_input',
  ].flatMap((names) => names.split(' ')),
)

/** Members of a block that hold controls, and those that hold further blocks. */
const controlMembers = ['elements', 'actions', 'accessory', 'element']
const blockMembers: Readonly<Record<string, string>> = { container: 'child_blocks', carousel: 'elements' }

const isControl = (element: Json) => isObject(element) && interactive.has(textOf(element['type']) ?? '')

/** Slack names every block and interactive element that the app left nameless. */
export function withIds(blocks: readonly JsonObject[], nextId: (prefix: string) => string): JsonObject[] {
  const named = (element: Json): Json =>
    isObject(element) && isControl(element) && element['action_id'] === undefined
      ? { ...element, action_id: nextId('act-') }
      : element
  return blocks.map((block) => {
    const result: Record<string, Json> = { ...block, block_id: block['block_id'] ?? nextId('blk-') }
    const inner = blockMembers[textOf(block['type']) ?? '']
    const held = inner === undefined ? undefined : block[inner]
    if (inner !== undefined && isList(held)) result[inner] = withIds(held.filter(isObject), nextId)
    for (const member of controlMembers) {
      const value = block[member]
      if (value === undefined || member === inner) continue
      result[member] = isList(value) ? value.map(named) : named(value)
    }
    return result
  })
}

export interface Control {
  readonly block: JsonObject
  readonly element: JsonObject
}

/** Every element somebody can press, choose or fill in, with the block it stands in. */
export function controlsIn(blocks: readonly Json[]): readonly Control[] {
  return blocks.flatMap((one) => {
    const block = objectOf(one)
    const inner = blockMembers[textOf(block['type']) ?? '']
    const held = inner === undefined ? undefined : block[inner]
    const own = controlMembers
      .filter((member) => member !== inner)
      .flatMap((member): readonly Json[] => {
        const value = block[member]
        if (value === undefined) return []
        return isList(value) ? value : [value]
      })
      .filter((element) => isControl(element))
      .map((element) => ({ block, element: objectOf(element) }))
    return [...own, ...(isList(held) ? controlsIn(held) : [])]
  })
}
