import type { JsonObject } from '../../../json.ts'
import { listOf, objectOf, textOf } from '../../slack/json-values.ts'
import { channelTitle, shortName } from './scene.ts'
import type { Known } from './state.ts'

export interface Option {
  readonly value: string
  readonly label: string
  readonly description?: string
  /** Heading of the group it stands in. */
  readonly group?: string
  /** Opens a page as well. */
  readonly url?: string
}

export const labelOf = (object: JsonObject, name: string): string => textOf(objectOf(object[name])['text']) ?? ''

function optionOf(given: JsonObject, group?: string): Option {
  const url = textOf(given['url'])
  const description = labelOf(given, 'description')
  return {
    value: textOf(given['value']) ?? '',
    label: labelOf(given, 'text'),
    ...(description === '' ? {} : { description }),
    ...(url === undefined ? {} : { url }),
    ...(group === undefined ? {} : { group }),
  }
}

/** What an element offers: its own options, those in groups as well, or people and channels. */
export function optionsOf(element: JsonObject, known: Known): readonly Option[] {
  const type = textOf(element['type']) ?? ''
  if (/(^|_)users_select$/.test(type))
    return known.people
      .filter(({ deactivated }) => !deactivated)
      .map((person) => ({ value: person.id, label: shortName(person) }))
  if (/(^|_)(conversations|channels)_select$/.test(type))
    return known.channels
      .filter(({ kind }) => kind !== 'direct' || type.includes('conversations'))
      .map(({ id, kind }) => ({ value: id, label: `${kind === 'direct' ? '' : '#'}${channelTitle(known, id)}` }))
  return [
    ...listOf(element['options']).map((option) => optionOf(objectOf(option))),
    ...listOf(element['option_groups'])
      .map(objectOf)
      .flatMap((group) =>
        listOf(group['options']).map((option) => optionOf(objectOf(option), labelOf(group, 'label'))),
      ),
  ]
}

const singles = ['initial_option', 'initial_user', 'initial_conversation', 'initial_channel']

/** What is chosen before anybody chose. */
export function initialOf(element: JsonObject): readonly string[] {
  const several = listOf(element['initial_options']).map((one) => textOf(objectOf(one)['value']) ?? '')
  const one = singles.flatMap((name) => textOf(element[name]) ?? textOf(objectOf(element[name])['value']) ?? [])
  return [...several, ...one]
}
