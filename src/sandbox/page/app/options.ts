import type { JsonObject } from '../../../json.ts'
import { listOf, objectOf, textOf } from '../../slack/json-values.ts'

export interface Option {
  readonly value: string
  readonly label: string
}

/** What a menu offers, those in groups as well. */
export function optionsOf(element: JsonObject): readonly Option[] {
  return [
    ...listOf(element['options']),
    ...listOf(element['option_groups']).flatMap((group) => listOf(objectOf(group)['options'])),
  ]
    .map(objectOf)
    .map((option) => ({ value: textOf(option['value']) ?? '', label: textOf(objectOf(option['text'])['text']) ?? '' }))
}
