import { id, list, oneOf, shape, text, url } from '../check.ts'
import { confirmDialog, plainText } from '../text-objects.ts'

const style = oneOf('primary', 'danger')
const label = text({ max: 75 })

export const button = shape(
  { text: plainText(75) },
  { action_id: id, value: text({ max: 2_000 }), url: url(), style, confirm: confirmDialog, accessibility_label: label },
)

const parameter = shape({ name: text({ max: 255 }), value: text({ min: 0, max: 3_000 }) })

export const workflowButton = shape(
  {
    text: plainText(75),
    workflow: shape({
      trigger: shape({ url: url() }, { customizable_input_parameters: list(parameter, { max: 100 }) }),
    }),
  },
  { action_id: id, style, accessibility_label: label },
)

const feedback = shape({ text: plainText(75), value: text({ max: 2_000 }) }, { accessibility_label: label })

export const feedbackButtons = shape({ positive_button: feedback, negative_button: feedback }, { action_id: id })

export const iconButton = shape(
  { icon: text({ max: 255 }), text: plainText(75) },
  {
    action_id: id,
    value: text({ max: 2_000 }),
    confirm: confirmDialog,
    accessibility_label: label,
    visible_to_user_ids: list(text({ max: 30 }), { max: 100 }),
  },
)
