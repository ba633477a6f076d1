import { flag, id, oneOfTypes, shape } from '../check.ts'
import {
  emailInput,
  fileInput,
  numberInput,
  pickers,
  plainTextInput,
  richTextInput,
  urlInput,
} from '../elements/inputs.ts'
import { checkboxes, multiSelects, radioButtons, selects } from '../elements/menus.ts'
import { plainText } from '../text-objects.ts'

const element = oneOfTypes({
  plain_text_input: plainTextInput,
  number_input: numberInput,
  email_text_input: emailInput,
  url_text_input: urlInput,
  rich_text_input: richTextInput,
  file_input: fileInput,
  checkboxes,
  radio_buttons: radioButtons,
  ...pickers,
  ...selects,
  ...multiSelects,
})

export const input = shape(
  { label: plainText(2_000), element },
  { block_id: id, hint: plainText(2_000), optional: flag, dispatch_action: flag },
)
