import { listOf } from '../../json-values.ts'
import type { Check } from '../check.ts'
import { exactlyOne, flag, id, integer, list, memberOf, oneOf, shape, text } from '../check.ts'
import { confirmDialog, plainText } from '../text-objects.ts'
import { initialAmongOptions, option, optionGroup, overflowOption, richOption } from './option.ts'

const shared = { action_id: id, confirm: confirmDialog, focus_on_load: flag }
const menu = { ...shared, placeholder: plainText(150) }
const several = { ...menu, max_selected_items: integer({ min: 1, max: 100 }) }
const anId = text({ max: 30 })
const ids = list(anId, { max: 100 })
const filter = shape(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), { max: 4 }),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
)
const conversation = { filter, default_to_current_conversation: flag }
const statics = { options: list(option, { max: 100 }), option_groups: list(optionGroup, { max: 100 }) }

const offering: Check = (value, pointer, report) => {
  exactlyOne('options', 'option_groups')(value, pointer, report)
  initialAmongOptions(value, pointer, report)
}

export const selects = {
  static_select: shape({}, { ...menu, ...statics, initial_option: option }, offering),
  external_select: shape({}, { ...menu, initial_option: option, min_query_length: integer({ max: 100 }) }),
  users_select: shape({}, { ...menu, initial_user: anId }),
  channels_select: shape({}, { ...menu, initial_channel: anId, response_url_enabled: flag }),
  conversations_select: shape({}, { ...menu, ...conversation, initial_conversation: anId, response_url_enabled: flag }),
}

export const multiSelects = {
  multi_static_select: shape({}, { ...several, ...statics, initial_options: list(option, { max: 100 }) }, offering),
  multi_external_select: shape(
    {},
    { ...several, initial_options: list(option, { max: 100 }), min_query_length: integer({ max: 100 }) },
  ),
  multi_users_select: shape({}, { ...several, initial_users: ids }),
  multi_channels_select: shape({}, { ...several, initial_channels: ids }),
  multi_conversations_select: shape({}, { ...several, ...conversation, initial_conversations: ids }),
}

export const overflow = shape(
  // Older documentation wants two at least.
  { options: list(overflowOption, { max: 5 }) },
  { action_id: id, confirm: confirmDialog },
  (value, pointer, report) => {
    if (listOf(memberOf(value, 'options')).length === 1) report.warn('fewer than 2 items', `${pointer}/options`)
  },
)

export const radioButtons = shape(
  { options: list(richOption, { max: 10 }) },
  { ...shared, initial_option: richOption },
  initialAmongOptions,
)

export const checkboxes = shape(
  { options: list(richOption, { max: 10 }) },
  { ...shared, initial_options: list(richOption, { max: 10 }) },
  initialAmongOptions,
)
