import type { Json } from '../../../../json.ts'
import { listOf, objectOf } from '../../json-values.ts'
import type { Check } from '../check.ts'
import { list, memberOf, shape, text, url } from '../check.ts'
import { anyTextObject, plainText } from '../text-objects.ts'

/** 75 in `@slack/types` 3.2, 150 in newer lists. */
const value = text({ max: 150, warnAbove: 75 })

export const option = shape({ text: plainText(75), value }, { description: plainText(75) })
/** Of radio buttons and checkboxes, which may be formatted. */
export const richOption = shape({ text: anyTextObject(75), value }, { description: anyTextObject(75) })
export const overflowOption = shape({ text: plainText(75), value }, { description: plainText(75), url: url() })

export const optionGroup = shape({ label: plainText(75), options: list(option, { max: 100 }) })

/** For `also`: what is chosen at first has to be one of the options, letter by letter. */
export const initialAmongOptions: Check = (element, pointer, report) => {
  const groups = listOf(memberOf(element, 'option_groups')).flatMap((group) => listOf(objectOf(group)['options']))
  const offered = new Set([...listOf(memberOf(element, 'options')), ...groups].map(canonical))
  const chosen = memberOf(element, 'initial_option')
  const initial = [...(chosen === undefined ? [] : [chosen]), ...listOf(memberOf(element, 'initial_options'))]
  if (initial.some((one) => !offered.has(canonical(one))))
    report.problem('the initial option must be one of the options', pointer)
}

const canonical = (one: Json) => {
  const { text: label, value: chosen } = objectOf(one)
  return JSON.stringify([objectOf(label)['text'], chosen])
}
