import type { Check } from '../check.ts'
import { flag, id, integer, list, matching, memberOf, oneOf, shape, text } from '../check.ts'
import { richText } from '../kinds/rich-text.ts'
import { confirmDialog, plainText } from '../text-objects.ts'

const dispatching = shape(
  {},
  { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { max: 2 }) },
)
const entry = { action_id: id, focus_on_load: flag, placeholder: plainText(150) }
const typed = { ...entry, dispatch_action_config: dispatching }
const number = matching(/^-?\d+(\.\d+)?$/, 'must be a number as text')

const lengthsInOrder: Check = (value, pointer, report) => {
  const least = memberOf(value, 'min_length')
  const most = memberOf(value, 'max_length')
  if (typeof least === 'number' && typeof most === 'number' && least > most)
    report.problem('min_length must not be greater than max_length', pointer)
}

export const plainTextInput = shape(
  {},
  {
    ...typed,
    initial_value: text({ min: 0, max: 3_000 }),
    multiline: flag,
    min_length: integer({ max: 3_000 }),
    max_length: integer({ min: 1, max: 3_000 }),
  },
  lengthsInOrder,
)

export const numberInput = shape(
  { is_decimal_allowed: flag },
  { ...typed, initial_value: number, min_value: number, max_value: number },
)

export const emailInput = shape({}, { ...typed, initial_value: text({ min: 0, max: 3_000 }) })
export const urlInput = shape({}, { ...typed, initial_value: text({ min: 0, max: 3_000 }) })

const lines = integer({ min: 1, max: 100 })
export const richTextInput = shape({}, { ...typed, initial_value: richText, min_lines: lines, max_lines: lines })

export const fileInput = shape(
  {},
  { action_id: id, filetypes: list(text({ max: 20 }), { max: 100 }), max_files: integer({ min: 1, max: 10 }) },
)

const picked = { ...entry, confirm: confirmDialog }

export const pickers = {
  datepicker: shape({}, { ...picked, initial_date: matching(/^\d{4}-\d{2}-\d{2}$/, 'must be YYYY-MM-DD') }),
  timepicker: shape(
    {},
    {
      ...picked,
      initial_time: matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:mm'),
      timezone: text({ max: 60 }),
    },
  ),
  datetimepicker: shape(
    {},
    {
      action_id: id,
      focus_on_load: flag,
      confirm: confirmDialog,
      initial_date_time: integer({ min: 1_000_000_000, max: 9_999_999_999 }),
    },
  ),
}
