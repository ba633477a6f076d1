import type { Check } from '../check.ts'
import { id, list, memberOf, oneOfTypes, shape } from '../check.ts'
import { button, feedbackButtons, iconButton, workflowButton } from '../elements/button.ts'
import { pickers, richTextInput } from '../elements/inputs.ts'
import { checkboxes, multiSelects, overflow, radioButtons, selects } from '../elements/menus.ts'
import { listOf } from '../../json-values.ts'

const uniqueActionIds: Check = (value, pointer, report) => {
  const seen = new Set<string>()
  listOf(memberOf(value, 'elements')).forEach((element, index) => {
    const action = memberOf(element, 'action_id')
    if (typeof action !== 'string') return
    if (seen.has(action))
      report.problem(`action_id "${action}" already exists`, `${pointer}/elements/${index}/action_id`)
    seen.add(action)
  })
}

const element = oneOfTypes({
  button,
  workflow_button: workflowButton,
  overflow,
  checkboxes,
  radio_buttons: radioButtons,
  rich_text_input: richTextInput,
  ...pickers,
  ...selects,
  ...multiSelects,
})

export const actions = shape({ elements: list(element, { max: 25 }) }, { block_id: id }, uniqueActionIds)

export const contextActions = shape(
  { elements: list(oneOfTypes({ feedback_buttons: feedbackButtons, icon_button: iconButton }), { max: 5 }) },
  { block_id: id },
  uniqueActionIds,
)
