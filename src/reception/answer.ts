import type { FormErrors } from '../chat/incoming.ts'
import type { Form, Message } from '../chat/message.ts'

/** What a command comes to, and who sees it. */
export type Answer =
  /** Its card is on the way by itself; `card` is waited for a moment, to say so if the channel refuses it. */
  | { readonly kind: 'card'; readonly card: string }
  /** For the person alone: refusals, questions, errors, help. */
  | { readonly kind: 'alone'; readonly message: Message }
  /** For the channel: reads. */
  | {
      readonly kind: 'channel'
      readonly message: Message
      /** The answer that it takes the place of. */
      readonly instead?: string
    }
  | { readonly kind: 'form'; readonly form: Form }
  /** Said already, some other way. */
  | { readonly kind: 'silent' }

export const alone = (message: Message): Answer => ({ kind: 'alone', message })
export const channel = (message: Message): Answer => ({ kind: 'channel', message })

/** A form that was sent off: what is wrong beside which field, or what it asks for, which is done once the form has closed. */
export type Sent =
  | { readonly ok: true; readonly act: () => Promise<Answer> }
  | { readonly ok: false; readonly errors: FormErrors }
