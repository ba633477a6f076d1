import { useState } from 'preact/hooks'
import type { JsonObject } from '../../../json.ts'
import { objectOf, textOf } from '../../slack/json-values.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { optionsOf } from './options.ts'
import { Select } from './select.tsx'

export interface Pressed {
  readonly actionId: string
  readonly blockId: string
  readonly option?: string | readonly string[]
}

/** Resolves when the bot acknowledged it, or did not. */
export type Press = (pressed: Pressed) => Promise<void>

interface ControlProps {
  readonly element: JsonObject
  readonly block: string
  readonly press: Press
}

/** A button or menu of a message. Where it asks back first, that question stands before the click. */
export function Control({ element, block, press }: ControlProps) {
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState<{ readonly option?: string | readonly string[] }>()
  const send = (more: { readonly option?: string | readonly string[] }): void => {
    setBusy(true)
    void press({ actionId: textOf(element['action_id']) ?? '', blockId: block, ...more }).finally(() => setBusy(false))
  }
  const confirm = objectOf(element['confirm'])
  const act = (more: { readonly option?: string | readonly string[] }): void => {
    if (element['confirm'] === undefined) send(more)
    else setAsking(more)
  }
  return (
    <>
      <Face element={element} busy={busy} act={act} />
      {asking !== undefined && (
        <ConfirmDialog
          confirm={confirm}
          onNo={() => setAsking(undefined)}
          onYes={() => {
            setAsking(undefined)
            send(asking)
          }}
        />
      )}
    </>
  )
}

interface FaceProps {
  readonly element: JsonObject
  readonly busy: boolean
  readonly act: (more: { readonly option?: string | readonly string[] }) => void
}

function Face({ element, busy, act }: FaceProps) {
  const label = textOf(objectOf(element['text'])['text']) ?? ''
  const options = optionsOf(element)
  switch (element['type']) {
    case 'button': {
      const url = textOf(element['url'])
      const look = `button ${textOf(element['style']) ?? ''}${busy ? ' busy' : ''}`
      if (url !== undefined)
        return (
          <a class={look} href={url} target="_blank" rel="noopener noreferrer" onClick={() => act({})}>
            {label}
          </a>
        )
      return (
        <button
          type="button"
          class={look}
          aria-busy={busy}
          disabled={busy}
          aria-label={textOf(element['accessibility_label'])}
          onClick={() => act({})}
        >
          {label}
        </button>
      )
    }
    case 'static_select':
    case 'external_select':
    case 'overflow':
      return (
        <Select
          label={textOf(objectOf(element['placeholder'])['text']) ?? 'More'}
          look={element['type'] === 'overflow' ? 'overflow' : 'menu'}
          options={options}
          busy={busy}
          onChoose={(option) => act({ option })}
        />
      )
    case 'checkboxes':
    case 'radio_buttons':
      return <Ticks element={element} act={act} />
    default:
      return null
  }
}

function Ticks({ element, act }: Omit<FaceProps, 'busy'>) {
  const several = element['type'] === 'checkboxes'
  const [chosen, setChosen] = useState<readonly string[]>([])
  const toggle = (value: string): void => {
    const next = several
      ? chosen.includes(value)
        ? chosen.filter((one) => one !== value)
        : [...chosen, value]
      : [value]
    setChosen(next)
    act({ option: several ? next : value })
  }
  return (
    <div class="ticks" role={several ? 'group' : 'radiogroup'}>
      {optionsOf(element).map(({ value, label }) => (
        <label key={value}>
          <input
            type={several ? 'checkbox' : 'radio'}
            checked={chosen.includes(value)}
            onChange={() => toggle(value)}
          />{' '}
          {label}
        </label>
      ))}
    </div>
  )
}
