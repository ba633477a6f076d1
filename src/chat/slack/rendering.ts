import type { Message, Part, Picture, Rich, Tone } from '../message.ts'
import type { KnownBlock, RichTextElement } from '@slack/types'
import { actionBlocks, plain } from './controls.ts'
import { factLines } from './facts.ts'
import { fit } from './fitting.ts'
import type { Beside } from './fitting.ts'
import { mrkdwnSpan, richElements, spanText } from './rich-text.ts'
import { shortened } from '../../shortened.ts'
import { escapedWithin, oneLine, visible } from './visible-text.ts'

/** `chat.update` refuses more than 4,000 characters, escaped ones counted as they are sent. */
const mostText = 2000

/** A message as Slack takes it. */
export interface Rendered {
  /** What notifications and screen readers say. */
  readonly text: string
  readonly blocks: KnownBlock[]
  /** Texts that did not fit and belong into a file beside the message. */
  readonly files: readonly { readonly name: string; readonly text: string }[]
  /** Pictures that stand there in words only, as the message itself cannot show them. */
  readonly unshown: readonly Picture[]
}

/** The file of a picture that Slack has ready to be shown. */
export type FileOf = (picture: Picture) => string | undefined

const signs: Readonly<Record<Tone, string>> = {
  neutral: '',
  waiting: '⏳ ',
  working: '🔄 ',
  good: '✅ ',
  bad: '🔴 ',
  warning: '⚠️ ',
}

/**
 * Everything foreign goes into `rich_text` and `plain_text`, where Slack parses nothing. The tone is a sign in the title,
 * not a coloured attachment: those are folded away when long, buttons included.
 */
export function render(message: Message, fileOf: FileOf = () => undefined, beside: Beside = 'files'): Rendered {
  const { parts, files } = fit(message.parts, beside)
  const sign = signs[message.tone]
  const untitled = sign !== '' && !parts.some((part) => part.kind === 'title')
  const blocks = parts.flatMap((part, index) =>
    part.kind === 'picture'
      ? [image(part, fileOf(part))]
      : partBlocks(part, part.kind === 'title' || (untitled && index === 0) ? sign : ''),
  )
  const unshown = parts.filter((part) => part.kind === 'picture').filter((part) => fileOf(part) === undefined)
  const text = escapedWithin(`${sign}${oneLine(message.summary)}`, mostText)
  return { text, blocks: blocks.length === 0 ? [paragraph([message.summary], sign)] : blocks, files, unshown }
}

function image({ about }: Picture, file: string | undefined): KnownBlock {
  if (file === undefined) return paragraph([shortened(about, 2000)], '')
  return { type: 'image', slack_file: { id: file }, alt_text: shortened(oneLine(about), 2000) || '–' }
}

function partBlocks(part: Exclude<Part, Picture>, sign: string): KnownBlock[] {
  switch (part.kind) {
    case 'title':
      return [
        { type: 'header', text: plain(`${sign}${part.text}`, 150) },
        ...smallPrint(part.aside === undefined ? [] : [part.aside]),
      ]
    case 'text':
      return richLines(part.text) ? [paragraph(part.text, sign)] : []
    case 'list':
      return bullets(part.items)
    case 'facts':
      return part.facts.length === 0 ? [] : [section(factLines(part.facts))]
    case 'code':
      return fixed(part.text)
    case 'table':
      return []
    case 'note':
      return smallPrint(part.text)
    case 'buttons':
      return actionBlocks(part.buttons)
    case 'divider':
      break
  }
  return [{ type: 'divider' }]
}

function richLines(rich: Rich): boolean {
  return rich.some((span) => spanText(span) !== '')
}

function section(elements: RichTextElement[]): KnownBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }
}

function paragraph(rich: Rich, sign: string): KnownBlock {
  return section(richElements(sign === '' ? rich : [sign, ...rich]))
}

function bullets(items: readonly Rich[]): KnownBlock[] {
  const elements = items
    .map((item) => richElements(item))
    .filter((item) => item.length > 0)
    .map((item) => ({ type: 'rich_text_section' as const, elements: item }))
  if (elements.length === 0) return []
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements }] }]
}

function fixed(text: string): KnownBlock[] {
  if (text === '') return []
  return [
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: visible(text) }] }],
    },
  ]
}

/** Up to ten elements: runs of plain text, and mentions, links and moments between them. */
function smallPrint(rich: Rich): KnownBlock[] {
  const elements: (
    | { type: 'plain_text'; text: string; emoji: false }
    | { type: 'mrkdwn'; text: string; verbatim: true }
  )[] = []
  for (const span of rich) {
    const special = mrkdwnSpan(span)
    const last = elements.at(-1)
    if (special !== undefined) elements.push({ type: 'mrkdwn', text: special, verbatim: true })
    else if (last?.type === 'plain_text') last.text = shortened(last.text + oneLine(spanText(span)), 1000)
    else if (spanText(span).trim() !== '')
      elements.push({ type: 'plain_text', text: shortened(oneLine(spanText(span)), 1000), emoji: false })
  }
  if (elements.length === 0) return []
  if (elements.length > 10) return [section(richElements(rich, 1000))]
  return [{ type: 'context', elements }]
}
