import type { Json } from '../../../json.ts'
import { objectOf, textOf } from '../../slack/json-values.ts'
import { Mrkdwn } from './mrkdwn.tsx'

/** A text object, `plain_text` or `mrkdwn`. */
export function Text({ value }: { readonly value: Json | undefined }) {
  const { type, text, alt_text: alt } = objectOf(value)
  if (type === 'mrkdwn') return <Mrkdwn text={textOf(text) ?? ''} />
  return <>{textOf(text) ?? textOf(alt) ?? ''}</>
}
