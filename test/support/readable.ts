import type { Message, Part, Rich } from '../../src/chat/message.ts'

/** A message as lines that a person can read in a diff. */
export const readable = ({ summary, tone, parts }: Message): string =>
  [`${tone}: ${summary}`, ...parts.flatMap(partLines)].join('\n')

function partLines(part: Part): string[] {
  switch (part.kind) {
    case 'title':
      return [`# ${part.text}${part.aside === undefined ? '' : `    ${part.aside}`}`]
    case 'text':
      return [plain(part.text)]
    case 'list':
      return part.items.map((item) => `• ${plain(item)}`)
    case 'note':
      return [`~ ${plain(part.text)}`]
    case 'code':
      return part.text.split('\n').map((line) => `| ${line}`)
    case 'buttons':
      return [part.buttons.map((one) => ('label' in one ? `[${one.label}]` : '[menu]')).join(' ')]
    case 'facts':
      return part.facts.map(({ label, value }) => `${label}: ${plain(value)}`)
    case 'table':
      return [part.columns, ...part.rows].map((row) => `| ${row.join(' | ')}`)
    default:
      return [`(${part.kind})`]
  }
}

const plain = (rich: Rich): string =>
  rich.map((span) => (typeof span === 'string' ? span : Object.values(span).map(String).join(' '))).join('')
