import { useState } from 'preact/hooks'
import { isObject, listOf, objectOf, textOf } from '../../slack/json-values.ts'
import type { PageView } from '../protocol.ts'
import { Block } from './blocks.tsx'
import type { Press } from './controls.tsx'
import { Dialog } from './dialog.tsx'
import { FormField, type Entry } from './form-field.tsx'
import { Icon } from './icons.tsx'
import { labelOf } from './options.ts'
import { useScene } from './scene.ts'
import { useTexts } from './texts/use-texts.ts'

type Entered = Readonly<Record<string, Entry>>

const listed = (entry: Entry): string | string[] => (typeof entry === 'string' ? entry : [...entry])

/** The form that the bot opened for this person. */
export function Modal({ view }: { readonly view: PageView }) {
  const { deed } = useScene()
  const { form } = useTexts().chat
  const [entered, setEntered] = useState<Entered>({})
  const [busy, setBusy] = useState(false)
  const [corrected, setCorrected] = useState<readonly string[]>([])
  const blocks = listOf(view.body['blocks']).filter(isObject)
  const title = labelOf(view.body, 'title')
  const close = (): void => {
    void deed({ kind: 'close', view: view.id })
  }
  const submit = async (): Promise<void> => {
    setBusy(true)
    setCorrected([])
    const entries = Object.fromEntries(Object.entries(entered).map(([id, entry]) => [id, listed(entry)]))
    await deed({ kind: 'submit', view: view.id, entries })
    setBusy(false)
  }
  const press: Press = async ({ actionId, blockId, option }) => {
    await deed({
      kind: 'press_in_view',
      view: view.id,
      actionId,
      ...(blockId === undefined ? {} : { blockId }),
      ...(option === undefined ? {} : { option: listed(option) }),
    })
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
          <button type="button" class="quiet" aria-label={form.close} onClick={close}>
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
            if (block['type'] !== 'input') return <Block key={id} block={block} press={press} />
            return (
              <FormField
                key={id}
                block={block}
                entry={entered[id]}
                error={corrected.includes(id) ? undefined : view.errors[id]}
                onEnter={(entry) => {
                  setEntered({ ...entered, [id]: entry })
                  setCorrected([...corrected, id])
                }}
              />
            )
          })}
        </div>
        <footer class="dialog-buttons">
          <button type="button" class="button" onClick={close}>
            {labelOf(view.body, 'close') || form.cancel}
          </button>
          {objectOf(view.body['submit'])['text'] !== undefined && (
            <button type="submit" class={`button primary${busy ? ' busy' : ''}`} disabled={busy}>
              {labelOf(view.body, 'submit')}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  )
}
