import type { Json, JsonObject } from '../../../json.ts'
import { acceptView } from '../api/methods/views.ts'
import { Refusal } from '../api/refusal.ts'
import { viewJson } from '../api/shapes.ts'
import { isObject, listOf, objectOf, textOf } from '../json-values.ts'
import type { Delivery } from '../socket/deliveries.ts'
import type { View } from '../world/state.ts'
import type { DriverParts } from './parts.ts'
import { clientWords, type ClientWords } from './client-words.ts'
import { choiceOf, initialOf } from './options.ts'
import { ownView } from './own-view.ts'
import { commonPayload } from './payloads.ts'
import type { NotSent } from './speaking.ts'

/** Field → what is entered. A field is named by its block_id, action_id or label. */
export type Entries = Readonly<Record<string, string | readonly string[]>>

/** The client checks required fields and lengths itself and sends nothing until they are right. */
export interface Incomplete {
  readonly kind: 'incomplete'
  readonly errors: Readonly<Record<string, string>>
}

export interface Forms {
  /** What the app answered is to be seen in the person's open views: errors, trouble, another view or none. */
  readonly submitForm: (user: string, viewId: string, entries: Entries) => Promise<Delivery | Incomplete | NotSent>
  readonly closeForm: (user: string, viewId: string) => Promise<Delivery | NotSent>
}

export function createForms({ at, deliveries }: DriverParts): Forms {
  const { world, views, triggers } = at

  const applyAnswer = (view: View, answer: JsonObject) => {
    const next = answer['view']
    switch (answer['response_action']) {
      case undefined:
        return views.close(view)
      case 'clear':
        return views.clear(view.user)
      case 'errors':
        return views.annotate(view, { errors: errorsOf(answer['errors'], view) })
      case 'update':
        return views.replace(view, acceptView(objectOf(next), 'modal', at))
      case 'push':
        if (views.stack(view.user).length >= 3) throw new Refusal('push_limit_reached')
        views.push(view.user, acceptView(objectOf(next), 'modal', at))
        return
      default:
        throw new Refusal('invalid_response_action')
    }
  }

  return {
    submitForm: async (user, viewId, entries) => {
      const own = ownView(user, viewId, at)
      if ('kind' in own) return own
      const { person, view } = own
      if (views.stack(user).at(-1) !== view) return { kind: 'not_sent', reason: 'unknown_view' }
      const filled = fillIn(view, entries, clientWords(person.locale))
      if (filled === undefined) return { kind: 'not_sent', reason: 'unknown_option' }
      const { values, errors } = filled
      if (Object.keys(errors).length > 0) {
        views.annotate(view, { errors })
        return { kind: 'incomplete', errors }
      }
      const delivery = await deliveries.send('interactive', {
        type: 'view_submission',
        ...commonPayload(person, world),
        trigger_id: triggers.issue(user, view.id),
        view: viewJson(view, world, values),
        response_urls: [],
      })
      const { trouble } = clientWords(person.locale)
      if (delivery.kind !== 'acked') views.annotate(view, { errors: {}, trouble })
      else
        try {
          applyAnswer(view, delivery.payload)
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          at.findings.report('answer_refused', 'view_submission', error.error)
          views.annotate(view, { errors: {}, trouble })
        }
      return delivery
    },
    closeForm: async (user, viewId) => {
      const own = ownView(user, viewId, at)
      if ('kind' in own) return own
      const { person, view } = own
      views.close(view)
      if (view.body['notify_on_close'] !== true) return { kind: 'not_sent', reason: 'app_cannot_hear' }
      return deliveries.send('interactive', {
        type: 'view_closed',
        ...commonPayload(person, world),
        view: viewJson(view, world),
        is_cleared: false,
      })
    },
  }
}

/** Errors for blocks that are no inputs of the view make Slack show the generic trouble instead. */
function errorsOf(given: Json | undefined, view: View): Record<string, string> {
  const inputs = inputsOf(view).map(({ block }) => textOf(block['block_id']))
  const errors = Object.entries(objectOf(given))
  if (errors.length === 0) throw new Refusal('empty_errors')
  return Object.fromEntries(
    errors.map(([block, sentence]) => {
      if (!inputs.includes(block)) throw new Refusal(`no_input_block ${block}`)
      if (typeof sentence !== 'string' || sentence === '') throw new Refusal(`error_is_no_text ${block}`)
      return [block, sentence]
    }),
  )
}

const inputsOf = (view: View) =>
  listOf(view.body['blocks'])
    .filter(isObject)
    .filter((block) => block['type'] === 'input')
    .map((block) => ({ block, element: objectOf(block['element']) }))

/** Undefined where somebody chose what a menu does not offer. */
function fillIn(view: View, entries: Entries, words: ClientWords) {
  const values: Record<string, Json> = {}
  const errors: Record<string, string> = {}
  for (const { block, element } of inputsOf(view)) {
    const id = textOf(block['block_id']) ?? ''
    const action = textOf(element['action_id']) ?? ''
    const entered = entries[id] ?? entries[action] ?? entries[textOf(objectOf(block['label'])['text']) ?? '']
    const value = entered === undefined ? initialOf(element) : choice(element, entered)
    if (value === undefined) return undefined
    const length = textOf(value['value'])?.length
    if (isEmpty(value) && block['optional'] !== true) errors[id] = words.required
    else if (length !== undefined && length > Number(element['max_length'] ?? 3_000)) errors[id] = words.tooLong
    else if (length !== undefined && length < Number(element['min_length'] ?? 0)) errors[id] = words.tooShort
    values[id] = { [action]: { type: element['type'] ?? null, ...withNothing(element, value) } }
  }
  return { values, errors }
}

/** An emptied text field sends `value: null`, as an untouched one does. */
const choice = (element: JsonObject, entered: string | readonly string[]): JsonObject | undefined =>
  entered === '' ? {} : choiceOf(element, entered)

const isEmpty = (value: JsonObject) =>
  Object.values(value).every((one) => one === null || one === '' || (Array.isArray(one) && one.length === 0))

function withNothing(element: JsonObject, value: JsonObject): JsonObject {
  if (!isEmpty(value)) return value
  switch (element['type']) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { selected_option: null }
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { selected_options: [] }
    default:
      return { value: null }
  }
}
