import type { Part } from '../chat/message.ts'
import { shortened } from '../shortened.ts'

const longestMessage = 300

/** Foreign words in the length that one line of a thread bears. */
export const clipped = (text: string): string => shortened(text, longestMessage)

/** What stands above the parts that belong together. */
export const heading = (text: string): Part => ({ kind: 'text', text: [{ bold: text }] })
