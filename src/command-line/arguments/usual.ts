import { flag, option } from '../argument.ts'
import { text } from './values.ts'

/** What every change may say beside its target. */
export const why = {
  reason: option(text('why; stands on the card and in the audit trail')),
  breakGlass: option(text('why a freeze must be lifted for this, now')),
}

/** What every read that answers in the channel may say. */
export const audience = {
  private: flag({ about: 'answer me alone' }),
}
