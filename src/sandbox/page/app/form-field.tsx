import type { JsonObject } from '../../../json.ts'
import { objectOf, textOf } from '../../slack/json-values.ts'
import { initialOf, labelOf, optionsOf } from './options.ts'
import { useScene } from './scene.ts'
import { Select } from './select.tsx'
import { useTexts } from './texts/use-texts.ts'
import { Ticks } from './ticks.tsx'

/** What somebody entered: text, an option's value, or several of them. */
export type Entry = string | readonly string[]

interface FieldProps {
  readonly block: JsonObject
  readonly entry: Entry | undefined
  readonly error: string | undefined
  readonly onEnter: (entry: Entry) => void
}

/** An input block of a form with its label, its hint and what is wrong with it. */
export function FormField({ block, entry, error, onEnter }: FieldProps) {
  const { form } = useTexts().chat
  const id = `field-${textOf(block['block_id']) ?? ''}`
  const hint = labelOf(block, 'hint')
  return (
    <div class="form-field">
      <label id={`${id}-label`} for={id}>
        {labelOf(block, 'label')}
        {block['optional'] === true && <span class="optional"> {form.optional}</span>}
      </label>
      <Input
        id={id}
        element={objectOf(block['element'])}
        entry={entry}
        invalid={error !== undefined}
        onEnter={onEnter}
      />
      {error !== undefined && (
        <p class="field-error" role="alert" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint !== '' && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

interface InputProps {
  readonly id: string
  readonly element: JsonObject
  readonly entry: Entry | undefined
  readonly invalid: boolean
  readonly onEnter: (entry: Entry) => void
}

function Input({ id, element, entry, invalid, onEnter }: InputProps) {
  const { known } = useScene()
  const { form } = useTexts().chat
  const type = textOf(element['type']) ?? ''
  const chosen = entry === undefined ? initialOf(element) : typeof entry === 'string' ? [entry] : entry
  const placeholder = labelOf(element, 'placeholder')
  if (type === 'checkboxes' || type === 'radio_buttons')
    return (
      <Ticks
        kind={type === 'checkboxes' ? 'checkbox' : 'radio'}
        options={optionsOf(element, known)}
        chosen={chosen}
        labelledBy={`${id}-label`}
        onChange={(next) => onEnter(type === 'checkboxes' ? next : (next[0] ?? ''))}
      />
    )
  if (type.endsWith('_select')) {
    const several = type.startsWith('multi_')
    return (
      <Select
        label={placeholder || form.choose}
        look="field"
        labelledBy={`${id}-label`}
        options={optionsOf(element, known)}
        invalid={invalid}
        chosen={chosen}
        several={several}
        onChoose={(value) =>
          onEnter(
            several ? (chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]) : value,
          )
        }
      />
    )
  }
  const shared = {
    id,
    class: invalid ? 'field invalid' : 'field',
    'aria-invalid': invalid,
    'aria-describedby': invalid ? `${id}-error` : `${id}-hint`,
    placeholder,
    value:
      typeof entry === 'string' ? entry : (textOf(element['initial_value']) ?? textOf(element['initial_date']) ?? ''),
    onInput: (event: Event & { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      onEnter(event.currentTarget.value),
  }
  if (element['multiline'] === true) return <textarea {...shared} rows={4} />
  switch (type) {
    case 'number_input':
      return <input {...shared} type="number" />
    case 'datepicker':
      return <input {...shared} type="date" />
    case 'timepicker':
      return <input {...shared} type="time" />
    case 'email_text_input':
      return <input {...shared} type="email" />
    case 'url_text_input':
      return <input {...shared} type="url" />
    default:
      return <input {...shared} type="text" autoComplete="off" spellcheck={false} />
  }
}
