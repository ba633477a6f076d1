import type { Field, Form } from '../message.ts'
import type { InputBlock, KnownBlock, ModalView } from '@slack/types'
import { fitting, plain, selectOptions } from './controls.ts'
import { richElements } from './rich-text.ts'
import { shortened } from '../../shortened.ts'
import { visible } from './visible-text.ts'

/** The one control of a field; the field's name is its block id. */
const fieldAction = 'value'

/** Throws `chat_refused` for ids that Slack would have to cut. */
export function renderForm(form: Form): ModalView {
  return {
    type: 'modal',
    callback_id: fitting(form.form, 255),
    private_metadata: fitting(form.context, 3000),
    title: plain(form.title, 24),
    submit: plain(form.submit, 24),
    close: plain(form.cancel, 24),
    blocks: form.fields.flatMap(fieldBlock),
  }
}

function fieldBlock(field: Field): KnownBlock[] {
  if (field.kind === 'words') {
    const elements = richElements(field.text)
    return elements.length === 0 ? [] : [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }]
  }
  const block: InputBlock = {
    type: 'input',
    block_id: fitting(field.name, 255),
    label: plain(field.label, 2000),
    optional: field.optional ?? false,
    element: field.kind === 'choice' ? choice(field) : text(field),
    ...(field.hint === undefined || field.hint === '' ? {} : { hint: plain(field.hint, 2000) }),
  }
  return [block]
}

function choice(field: Extract<Field, { kind: 'choice' }>): InputBlock['element'] {
  const options = selectOptions(field.options)
  const initial = options.find(({ value }) => value === field.initial)
  return {
    type: 'static_select',
    action_id: fieldAction,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  }
}

function text(field: Extract<Field, { kind: 'text' }>): InputBlock['element'] {
  return {
    type: 'plain_text_input',
    action_id: fieldAction,
    multiline: field.multiline ?? false,
    ...(field.initial === undefined ? {} : { initial_value: shortened(visible(field.initial), 3000) }),
    ...(field.placeholder === undefined || field.placeholder === ''
      ? {}
      : { placeholder: plain(field.placeholder, 150) }),
  }
}
