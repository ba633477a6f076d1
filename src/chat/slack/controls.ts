import type { Button, Menu } from '../message.ts'
import type {
  ActionsBlock,
  Button as SlackButton,
  ConfirmationDialog,
  PlainTextElement,
  StaticSelect,
} from '@slack/types'
import { ChatError } from '../chat.ts'
import { shortened } from '../../shortened.ts'
import { oneLine } from './visible-text.ts'

/** Marks buttons that only open a page: Slack reports their click too, and nobody waits for it. */
export const linkAction = 'open:'

/** Slack wants action ids unique in their block; what follows the sign is cut off again when a click is read. */
const copySign = '#'

/** Never empty, for Slack refuses that; emoji codes such as `:tada:` stay letters. */
export function plain(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: shortened(oneLine(text), max) || '–', emoji: false }
}

/** What a click calls the button that was rendered under this id. */
export function actionOf(actionId: string): string {
  return actionId.split(copySign)[0] ?? actionId
}

/** Rows of at most five, so that they stay in sight on a phone. */
export function actionBlocks(controls: readonly (Button | Menu)[]): ActionsBlock[] {
  const seen = new Map<string, number>()
  const elements = controls.map((control) => {
    const count = seen.get(control.action) ?? 0
    seen.set(control.action, count + 1)
    const id = count === 0 ? control.action : `${control.action}${copySign}${count}`
    return 'options' in control ? menuElement(control, id) : buttonElement(control, id)
  })
  const rows: ActionsBlock[] = []
  for (let start = 0; start < elements.length; start += 5)
    rows.push({ type: 'actions', elements: elements.slice(start, start + 5) })
  return rows
}

function buttonElement(button: Button, id: string): SlackButton {
  return {
    type: 'button',
    action_id: button.url === undefined ? fitting(id, 255) : fitting(`${linkAction}${id}`, 255),
    text: plain(button.label, 75),
    ...(button.value === '' ? {} : { value: fitting(button.value, 2000) }),
    ...(button.style === undefined ? {} : { style: button.style }),
    ...(button.url === undefined ? {} : { url: fitting(button.url, 3000) }),
    ...(button.confirm === undefined ? {} : { confirm: dialog(button.confirm) }),
  }
}

function dialog(confirm: NonNullable<Button['confirm']>): ConfirmationDialog {
  return {
    title: plain(confirm.title, 100),
    text: plain(confirm.text, 300),
    confirm: plain(confirm.yes, 30),
    deny: plain(confirm.no, 30),
  }
}

function menuElement(menu: Menu, id: string): StaticSelect {
  return {
    type: 'static_select',
    action_id: fitting(id, 255),
    placeholder: plain(menu.placeholder, 150),
    options: selectOptions(menu.options),
  }
}

/** The first hundred: Slack takes no more. */
export function selectOptions(
  options: readonly { readonly label: string; readonly value: string }[],
): { text: PlainTextElement; value: string }[] {
  if (options.length === 0) throw tooLong('a menu without options')
  return options.slice(0, 100).map(({ label, value }) => ({ text: plain(label, 75), value: fitting(value, 75) }))
}

/** Ids cannot be shortened: they would come back as something else. */
export function fitting(id: string, max: number): string {
  if (id.length > max) throw tooLong(`${id.slice(0, 40)}… is longer than ${max}`)
  return id
}

function tooLong(reason: string): ChatError {
  return new ChatError({ code: 'chat_refused', method: 'render', reason })
}
