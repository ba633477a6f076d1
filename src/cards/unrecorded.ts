import type { Message } from '../chat/message.ts'
import type { Texts } from './texts/en.ts'

/** An answer given although the audit trail could not take a record of it; it says so. */
export const unrecorded = (message: Message, { shared }: Texts): Message => ({
  ...message,
  parts: [...message.parts, { kind: 'note', text: [`⚠ ${shared.notRecorded}`] }],
})
