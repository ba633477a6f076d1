import type { Part, Rich } from '../message.ts'
import type { RichTextElement } from '@slack/types'
import { richElements, spanText } from './rich-text.ts'
import { textWidth } from './text-width.ts'

type Fact = Extract<Part, { kind: 'facts' }>['facts'][number]

/** Two facts share a line when both together are no wider than this. */
const lineWidth = 64

/** Label and value pairs as lines of one paragraph. */
export function factLines(facts: readonly Fact[]): RichTextElement[] {
  const lines: Fact[][] = []
  for (const fact of facts) {
    const last = lines.at(-1)
    const [first, second] = last ?? []
    if (first !== undefined && second === undefined && factWidth(first) + factWidth(fact) <= lineWidth) last?.push(fact)
    else lines.push([fact])
  }
  return richElements(lines.flatMap((line, index) => lineSpans(line, index === 0 ? '' : '\n')))
}

function lineSpans(line: readonly Fact[], lead: string): Rich {
  return line.flatMap(({ label, value }, index) => {
    const before = index === 0 ? lead : '   ·   '
    return [...(before === '' ? [] : [before]), { bold: label }, '  ', ...value]
  })
}

function factWidth({ label, value }: Fact): number {
  return textWidth(label) + 2 + value.reduce((sum, span) => sum + textWidth(spanText(span)), 0)
}
