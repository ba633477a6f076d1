import type { Json, JsonObject } from '../../../json.ts'
import { listOf, objectOf, textOf } from '../json-values.ts'

/** All options of a menu, those in groups as well. */
export function optionsOf(element: JsonObject): readonly JsonObject[] {
  return [
    ...listOf(element['options']),
    ...listOf(element['option_groups']).flatMap((group) => listOf(objectOf(group)['options'])),
  ].map(objectOf)
}

/**
 * The value of an element once `chosen` (option values or labels, ids, dates or text) was picked in it.
 * Undefined when the menu has no such option: nobody could have chosen it.
 */
export function choiceOf(element: JsonObject, chosen: string | readonly string[]): JsonObject | undefined {
  const [first = ''] = typeof chosen === 'string' ? [chosen] : chosen
  const list = typeof chosen === 'string' ? [chosen] : [...chosen]
  switch (element['type']) {
    case 'static_select':
    case 'external_select':
    case 'overflow':
    case 'radio_buttons':
      return chosenOption(element, first)
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return chosenOptions(element, list)
    case 'users_select':
      return { selected_user: first }
    case 'multi_users_select':
      return { selected_users: list }
    case 'conversations_select':
      return { selected_conversation: first }
    case 'multi_conversations_select':
      return { selected_conversations: list }
    case 'channels_select':
      return { selected_channel: first }
    case 'multi_channels_select':
      return { selected_channels: list }
    case 'datepicker':
      return { selected_date: first }
    case 'timepicker':
      return { selected_time: first }
    case 'datetimepicker':
      return { selected_date_time: Number(first) }
    default:
      return { value: first }
  }
}

const optionOf = (element: JsonObject, chosen: string): JsonObject | undefined =>
  optionsOf(element).find(
    (option) => textOf(option['value']) === chosen || textOf(objectOf(option['text'])['text']) === chosen,
  )

function chosenOption(element: JsonObject, chosen: string): JsonObject | undefined {
  const option = optionOf(element, chosen)
  return option && { selected_option: option }
}

function chosenOptions(element: JsonObject, chosen: readonly string[]): JsonObject | undefined {
  const options = chosen.flatMap((one) => optionOf(element, one) ?? [])
  return options.length < chosen.length ? undefined : { selected_options: options }
}

/** What an untouched element holds: its initial value, as the client would send it. */
export function initialOf(element: JsonObject): JsonObject {
  const initial: Record<string, Json> = {}
  for (const [name, value] of Object.entries(element)) {
    if (name === 'initial_value') initial['value'] = value
    else if (name.startsWith('initial_')) initial[name.replace('initial_', 'selected_')] = value
  }
  return initial
}
