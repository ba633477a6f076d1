import { useState } from 'preact/hooks'
import type { JsonObject } from '../../../json.ts'
import { objectOf, textOf } from '../../slack/json-values.ts'
import { isOpenable } from './addresses.ts'
import { initialOf, labelOf, optionsOf } from './options.ts'
import { useScene } from './scene.ts'
import { Select } from './select.tsx'
import { useTexts } from './texts/use-texts.ts'
import { Ticks } from './ticks.tsx'

export interface Pressed {
  readonly actionId: string
  /** Slack names blocks anew with each edit, so a button is told by what it carries instead. */
  readonly blockId?: string
  readonly value?: string
  readonly option?: string | readonly string[]
}

/** Resolves when the bot acknowledged it, or did not. */
export type Press = (pressed: Pressed) => Promise<void>

interface ControlProps {
  readonly element: JsonObject
  readonly block: string
  readonly press: Press
}

type Choice = string | readonly string[]

/** A button or menu of a message. Where it asks back first, that question stands before the click. */
export function Control({ element, block, press }: ControlProps) {
  const { ask } = useScene()
  const [busy, setBusy] = useState(false)
  const act = async (option?: Choice): Promise<void> => {
    if (element['confirm'] !== undefined && (await ask(objectOf(element['confirm']))) === 'no') return
    const value = textOf(element['value'])
    setBusy(true)
    await press({
      actionId: textOf(element['action_id']) ?? '',
      ...(value === undefined ? { blockId: block } : { value }),
      ...(option === undefined ? {} : { option }),
    }).finally(() => setBusy(false))
  }
  return <Face element={element} busy={busy} act={(option) => void act(option)} />
}

interface FaceProps {
  readonly element: JsonObject
  readonly busy: boolean
  readonly act: (option?: Choice) => void
}

function Face({ element, busy, act }: FaceProps) {
  const { known } = useScene()
  const { form } = useTexts().chat
  const [chosen, setChosen] = useState(() => initialOf(element))
  const choose = (next: readonly string[]): void => {
    setChosen(next)
    act(several ? next : next[0])
  }
  const type = textOf(element['type']) ?? ''
  const several = type === 'checkboxes' || type.startsWith('multi_')
  switch (type) {
    case 'button':
    case 'workflow_button':
      return <Button element={element} busy={busy} onPress={() => act()} />
    case 'overflow':
      return (
        <Select
          label={form.more}
          look="overflow"
          options={optionsOf(element, known)}
          busy={busy}
          onChoose={(option) => act(option)}
        />
      )
    case 'checkboxes':
    case 'radio_buttons':
      return (
        <Ticks
          kind={several ? 'checkbox' : 'radio'}
          options={optionsOf(element, known)}
          chosen={chosen}
          onChange={choose}
        />
      )
    case 'datepicker':
    case 'timepicker':
      return (
        <input
          class="field inline"
          type={type === 'datepicker' ? 'date' : 'time'}
          aria-label={labelOf(element, 'placeholder')}
          value={textOf(element['initial_date']) ?? textOf(element['initial_time']) ?? ''}
          onChange={(event) => act(event.currentTarget.value)}
        />
      )
    case 'image':
      return null
    default:
      return type.endsWith('_select') ? (
        <Select
          label={labelOf(element, 'placeholder') || form.choose}
          look="menu"
          options={optionsOf(element, known)}
          chosen={chosen}
          several={several}
          busy={busy}
          onChoose={(option) =>
            choose(
              several
                ? chosen.includes(option)
                  ? chosen.filter((one) => one !== option)
                  : [...chosen, option]
                : [option],
            )
          }
        />
      ) : null
  }
}

interface ButtonProps {
  readonly element: JsonObject
  readonly busy: boolean
  readonly onPress: () => void
}

function Button({ element, busy, onPress }: ButtonProps) {
  const url = textOf(element['url']) ?? ''
  const look = `button ${textOf(element['style']) ?? ''}${busy ? ' busy' : ''}`
  const label = labelOf(element, 'text')
  if (isOpenable(url))
    return (
      <a class={look} href={url} target="_blank" rel="noopener noreferrer" onClick={onPress}>
        {label}
      </a>
    )
  return (
    <button
      type="button"
      class={look}
      aria-busy={busy}
      data-action={textOf(element['action_id'])}
      disabled={busy}
      aria-label={textOf(element['accessibility_label'])}
      onClick={onPress}
    >
      {label}
    </button>
  )
}
