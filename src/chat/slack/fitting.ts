import type { Part, Rich } from '../message.ts'
import { richLength, spanText } from './rich-text.ts'
import { alignedTable } from './text-width.ts'
import { visible } from './visible-text.ts'

/** Slack refuses about 13,000 characters in the blocks of a message (bolt-js #2509, #2867); we stop well before. */
const messageBudget = 9500
const fixedBudget = 3000
const proseBudget = 3000
/** Of Slack's 50 blocks: a title and a row of buttons may take several. */
const mostParts = 40

/** Whether a file can stand beside the message; where none can, what does not fit is only cut off. */
export type Beside = 'files' | 'nothing'

interface Fitted {
  readonly parts: readonly Part[]
  readonly files: readonly { readonly name: string; readonly text: string }[]
}

/**
 * The parts that go into one message. Prose is kept as long as there is room, then fixed-width text gets what is left;
 * what of it does not fit goes into a file, where there can be one. The same parts always come out the same.
 */
export function fit(given: readonly Part[], beside: Beside): Fitted {
  const parts = mostImportant(given).map(drawn)
  let left = messageBudget
  const prose = parts.map((part) => {
    if (part.kind === 'code') return part
    const kept = shortenedProse(part, Math.min(proseBudget, left))
    left -= size(kept)
    return kept
  })
  const files: { name: string; text: string }[] = []
  const fitted = prose.map((part) => {
    if (part.kind !== 'code') return part
    const text = visible(part.text)
    const room = Math.min(fixedBudget, Math.max(left, 0))
    if (text.length <= room) {
      left -= text.length
      return { ...part, text }
    }
    const name = part.name ?? 'text.txt'
    const rest = beside === 'files' ? `\n… ⤵ ${name}` : '\n…'
    if (beside === 'files') files.push({ name, text: part.text })
    const head = firstLines(text, room - rest.length)
    left -= head.length + rest.length
    return { ...part, text: `${head}${rest}` }
  })
  return { parts: fitted, files }
}

/** Keeps title and buttons when there are too many parts for one message. */
function mostImportant(parts: readonly Part[]): readonly Part[] {
  if (parts.length <= mostParts) return parts
  const buttons = parts.filter((part) => part.kind === 'buttons').slice(0, 5)
  const others = parts.filter((part) => part.kind !== 'buttons').slice(0, mostParts - buttons.length - 1)
  return [...others, { kind: 'note', text: ['…'] }, ...buttons]
}

/** Tables are drawn in fixed width: Slack's own table block shows one a message, below everything else. */
function drawn(part: Part): Part {
  if (part.kind !== 'table') return part
  return { kind: 'code', text: alignedTable(cells(part.columns), part.rows.map(cells)).join('\n'), name: 'table.txt' }
}

function cells(line: readonly string[]): string[] {
  return line.map((cell) => visible(cell).replace(/\s+/g, ' '))
}

function shortenedProse(part: Part, max: number): Part {
  switch (part.kind) {
    case 'text':
    case 'note':
      return { ...part, text: shortenedRich(part.text, max) }
    case 'list':
      return { ...part, items: whileFitting(part.items, max, { length: richLength, rest: ['…'] }) }
    case 'facts':
      return { ...part, facts: whileFitting(part.facts, max, { length: factLength, rest: { label: '…', value: [] } }) }
    default:
      return part
  }
}

const factLength = ({ label, value }: { readonly label: string; readonly value: Rich }): number =>
  label.length + 10 + richLength(value)

/** As many items as fit; one too long alone is shortened where it is rendered. */
function whileFitting<Item>(
  items: readonly Item[],
  max: number,
  { length, rest }: { readonly length: (item: Item) => number; readonly rest: Item },
): Item[] {
  const kept: Item[] = []
  let left = max
  for (const item of items) {
    left -= length(item)
    if (left < 0 && kept.length > 0) return [...kept, rest]
    kept.push(item)
  }
  return kept
}

function shortenedRich(rich: Rich, max: number): Rich {
  if (richLength(rich) <= max) return rich
  const kept: Rich[number][] = []
  let left = max - 1
  for (const span of rich) {
    const text = spanText(span)
    if (text.length > left) return [...kept, `${typeof span === 'string' ? text.slice(0, Math.max(0, left)) : ''}…`]
    kept.push(span)
    left -= text.length
  }
  return kept
}

function size(part: Part): number {
  switch (part.kind) {
    case 'title':
      return part.text.length + (part.aside?.length ?? 0)
    case 'text':
    case 'note':
      return richLength(part.text)
    case 'picture':
      return part.about.length
    case 'list':
      return part.items.reduce((sum, item) => sum + richLength(item), 0)
    case 'facts':
      return part.facts.reduce((sum, fact) => sum + factLength(fact), 0)
    case 'buttons':
      return part.buttons.reduce(
        (sum, button) => sum + ('options' in button ? button.options.length * 75 : button.label.length),
        0,
      )
    default:
      return 0
  }
}

function firstLines(text: string, max: number): string {
  if (max <= 0) return ''
  const cut = text.slice(0, max)
  const end = cut.lastIndexOf('\n')
  return (end > max / 2 ? cut.slice(0, end) : cut).replace(/[\uD800-\uDBFF]$/u, '')
}
