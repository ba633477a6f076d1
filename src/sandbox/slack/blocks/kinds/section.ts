import { flag, id, list, memberOf, oneOfTypes, shape } from '../check.ts'
import { button, workflowButton } from '../elements/button.ts'
import { imageElement } from '../elements/image.ts'
import { pickers } from '../elements/inputs.ts'
import { checkboxes, multiSelects, overflow, radioButtons, selects } from '../elements/menus.ts'
import { anyTextObject } from '../text-objects.ts'

const accessory = oneOfTypes({
  button,
  workflow_button: workflowButton,
  image: imageElement,
  overflow,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker: pickers.datepicker,
  timepicker: pickers.timepicker,
  ...selects,
  ...multiSelects,
})

export const section = shape(
  {},
  {
    block_id: id,
    text: anyTextObject(3_000),
    fields: list(anyTextObject(2_000), { max: 10 }),
    accessory,
    expand: flag,
  },
  (value, pointer, report) => {
    if (memberOf(value, 'text') === undefined && memberOf(value, 'fields') === undefined)
      report.problem('missing required field: text or fields', pointer)
  },
)
