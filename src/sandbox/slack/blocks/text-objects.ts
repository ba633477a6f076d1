import type { Bounds, Check } from './check.ts'
import { flag, oneOf, oneOfTypes, shape, text } from './check.ts'

const plain = (bounds: Bounds) => shape({ text: text(bounds) }, { emoji: flag })
const mrkdwn = (bounds: Bounds) => shape({ text: text(bounds) }, { verbatim: flag })

export const plainText = (max: number): Check => oneOfTypes({ plain_text: plain({ max }) })
export const mrkdwnText = (max: number): Check => oneOfTypes({ mrkdwn: mrkdwn({ max }) })
export const anyTextObject = (max: number): Check => oneOfTypes({ plain_text: plain({ max }), mrkdwn: mrkdwn({ max }) })

/** The question asked before a click counts. */
export const confirmDialog: Check = shape(
  { title: plainText(100), text: anyTextObject(300), confirm: plainText(30), deny: plainText(30) },
  { style: oneOf('primary', 'danger') },
)
