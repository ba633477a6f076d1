import { useState } from 'preact/hooks'
import type { JsonObject } from '../../../json.ts'
import { isObject, listOf, objectOf, textOf } from '../../slack/json-values.ts'
import type { PageView } from '../protocol.ts'
import { Block } from './blocks.tsx'
import { Dialog } from './dialog.tsx'
import { Icon } from './icons.tsx'
import { optionsOf } from './options.ts'
import { useScene } from './scene.ts'
import { Select } from './select.tsx'

type Entered = Readonly<Record<string, string>>

/** The form that the bot opened for this person. */
export function Modal({ view }: { readonly view: PageView }) {
  const { deed } = useScene()
  const [entered, setEntered] = useState<Entered>({})
  const [busy, setBusy] = useState(false)
  const [corrected, setCorrected] = useState<readonly string[]>([])
  const blocks = listOf(view.body['blocks']).filter(isObject)
  const title = label(view.body, 'title')
  const close = (): void => {
    void deed({ kind: 'close', view: view.id })
  }
  const submit = async (): Promise<void> => {
    setBusy(true)
    setCorrected([])
    await deed({ kind: 'submit', view: view.id, entries: entered })
    setBusy(false)
  }
  return (
    <Dialog label={title} look="dialog modal" onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <header>
          <h2>{title}</h2>
          <button type="button" class="quiet" aria-label="Close" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <div class="modal-body">
          {view.trouble !== undefined && (
            <p class="trouble" role="alert">
              {view.trouble}
            </p>
          )}
          {blocks.map((block) => {
            const id = textOf(block['block_id']) ?? ''
            if (block['type'] !== 'input')
              return (
                <Block
                  key={id}
                  block={block}
                  press={async ({ actionId, blockId, option }) => {
                    await deed({
                      kind: 'press_in_view',
                      view: view.id,
                      actionId,
                      blockId,
                      ...(typeof option === 'string' ? { option } : {}),
                    })
                  }}
                />
              )
            return (
              <Field
                key={id}
                block={block}
                value={entered[id]}
                error={corrected.includes(id) ? undefined : view.errors[id]}
                onEnter={(value) => {
                  setEntered({ ...entered, [id]: value })
                  setCorrected([...corrected, id])
                }}
              />
            )
          })}
        </div>
        <footer class="dialog-buttons">
          <button type="button" class="button" onClick={close}>
            {label(view.body, 'close') || 'Cancel'}
          </button>
          {view.body['submit'] !== undefined && (
            <button type="submit" class={`button primary${busy ? ' busy' : ''}`} disabled={busy}>
              {label(view.body, 'submit')}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  )
}

const label = (object: JsonObject, name: string): string => textOf(objectOf(object[name])['text']) ?? ''

interface FieldProps {
  readonly block: JsonObject
  readonly value: string | undefined
  readonly error: string | undefined
  readonly onEnter: (value: string) => void
}

function Field({ block, value, error, onEnter }: FieldProps) {
  const id = `field-${textOf(block['block_id']) ?? ''}`
  const hint = label(block, 'hint')
  return (
    <div class="form-field">
      <label id={`${id}-label`} for={id}>
        {label(block, 'label')}
        {block['optional'] === true && <span class="optional"> (optional)</span>}
      </label>
      <Input
        id={id}
        element={objectOf(block['element'])}
        value={value}
        invalid={error !== undefined}
        onEnter={onEnter}
      />
      {error !== undefined && (
        <p class="field-error" role="alert" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint !== '' && <p class="hint">{hint}</p>}
    </div>
  )
}

interface InputProps {
  readonly id: string
  readonly element: JsonObject
  readonly value: string | undefined
  readonly invalid: boolean
  readonly onEnter: (value: string) => void
}

function Input({ id, element, value, invalid, onEnter }: InputProps) {
  const shared = {
    id,
    class: invalid ? 'field invalid' : 'field',
    'aria-invalid': invalid,
    placeholder: label(element, 'placeholder'),
    onInput: (event: Event & { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      onEnter(event.currentTarget.value),
  }
  const { type } = element
  if (type === 'static_select' || type === 'external_select' || type === 'radio_buttons')
    return (
      <Select
        label={shared.placeholder || 'Choose one'}
        look="field"
        labelledBy={`${id}-label`}
        options={optionsOf(element)}
        invalid={invalid}
        chosen={value ?? textOf(objectOf(element['initial_option'])['value']) ?? ''}
        onChoose={onEnter}
      />
    )
  const current = value ?? textOf(element['initial_value']) ?? ''
  if (element['multiline'] === true) return <textarea {...shared} rows={4} value={current} />
  if (type === 'number_input') return <input {...shared} type="number" value={current} />
  if (type === 'datepicker') return <input {...shared} type="date" value={current} />
  return <input {...shared} type="text" value={current} autoComplete="off" spellcheck={false} />
}
