import type { Chat } from './chat.ts'
import type { Button, Confirm, Field, Form, Menu, Message, Part, Rich, Span } from './message.ts'

type Mask = (text: string) => string

/** The same chat, and no secret gets into it, whichever card or answer brings one: from a cluster's words, from logs, or typed by somebody. */
export function maskedChat(chat: Chat, mask: Mask): Chat {
  return {
    ...chat,
    ready: (message) => chat.ready(maskedMessage(message, mask)),
    post: (post) => chat.post({ ...post, message: maskedMessage(post.message, mask) }),
    edit: (edit) => chat.edit({ ...edit, message: maskedMessage(edit.message, mask) }),
    answer: (reply, message, replace) => chat.answer(reply, maskedMessage(message, mask), replace),
    whisper: (to) => chat.whisper({ ...to, message: maskedMessage(to.message, mask) }),
    openForm: (trigger, form) => chat.openForm(trigger, maskedForm(form, mask)),
    // What stands in it was masked line by line, where it was read.
    upload: (file) => chat.upload({ ...file, name: mask(file.name), about: mask(file.about) }),
  }
}

const maskedMessage = ({ summary, tone, parts }: Message, mask: Mask): Message => ({
  summary: mask(summary),
  tone,
  parts: parts.map((part) => maskedPart(part, mask)),
})

function maskedPart(part: Part, mask: Mask): Part {
  switch (part.kind) {
    case 'title':
      return { ...part, text: mask(part.text), ...(part.aside === undefined ? {} : { aside: mask(part.aside) }) }
    case 'text':
    case 'note':
      return { ...part, text: maskedRich(part.text, mask) }
    case 'list':
      return { ...part, items: part.items.map((item) => maskedRich(item, mask)) }
    case 'facts':
      return { ...part, facts: part.facts.map(({ label, value }) => ({ label, value: maskedRich(value, mask) })) }
    case 'code':
      return { ...part, text: mask(part.text) }
    case 'picture':
      return { ...part, name: mask(part.name), about: mask(part.about) }
    case 'table':
      return { ...part, rows: part.rows.map((row) => row.map(mask)) }
    case 'buttons':
      return { ...part, buttons: part.buttons.flatMap((control) => maskedControl(control, mask)) }
    case 'divider':
      return part
  }
}

/** Values come back as what is ordered, so only words are masked. A page whose address holds a secret is not offered. */
function maskedControl(control: Button | Menu, mask: Mask): (Button | Menu)[] {
  if ('options' in control) {
    const options = control.options.map(({ label, value }) => ({ label: mask(label), value }))
    return [{ ...control, placeholder: mask(control.placeholder), options }]
  }
  const { url, confirm } = control
  if (url !== undefined && mask(url) !== url) return []
  return [
    {
      ...control,
      label: mask(control.label),
      ...(confirm === undefined ? {} : { confirm: maskedConfirm(confirm, mask) }),
    },
  ]
}

const maskedConfirm = ({ title, text, yes, no }: Confirm, mask: Mask): Confirm => ({
  title: mask(title),
  text: mask(text),
  yes: mask(yes),
  no: mask(no),
})

const maskedRich = (rich: Rich, mask: Mask): Rich => rich.map((span) => maskedSpan(span, mask))

function maskedSpan(span: Span, mask: Mask): Span {
  if (typeof span === 'string') return mask(span)
  if ('bold' in span) return { bold: mask(span.bold) }
  if ('code' in span) return { code: mask(span.code) }
  if ('strike' in span) return { strike: mask(span.strike) }
  if ('muted' in span) return { muted: mask(span.muted) }
  if ('link' in span) return maskedLink(span.link, mask)
  return span
}

/** An address with a secret in it leads nowhere any more: its words remain. */
const maskedLink = ({ url, text }: { readonly url: string; readonly text: string }, mask: Mask): Span =>
  mask(url) === url ? { link: { url, text: mask(text) } } : mask(text)

/** What stands in the fields comes back as what is ordered, so only words are masked. */
const maskedForm = (form: Form, mask: Mask): Form => ({
  ...form,
  fields: form.fields.map((field): Field =>
    field.kind === 'words' ? { ...field, text: maskedRich(field.text, mask) } : field,
  ),
})
