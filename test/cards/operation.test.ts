import { expect, test } from 'vitest'
import { operationCard } from '../../src/cards/operation.ts'
import { en } from '../../src/cards/texts/en.ts'
import type { Message, Part, Rich } from '../../src/chat/message.ts'
import { allOperations, everyState } from '../support/operation-builder.ts'

/** A message as lines that a person can read in a diff. */
function readable({ summary, tone, parts }: Message): string {
  return [`${tone}: ${summary}`, ...parts.flatMap(partLines)].join('\n')
}

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
    default:
      return [`(${part.kind})`]
  }
}

const plain = (rich: Rich): string =>
  rich.map((span) => (typeof span === 'string' ? span : Object.values(span).map(String).join(' '))).join('')

test.each(allOperations)('the card of an operation that is $state', async (operation) => {
  await expect(readable(operationCard(operation, en))).toMatchFileSnapshot(`goldens/operation-${operation.state}.txt`)
})

test('asks for a confirmation or an approval from its first posting on, so that no click comes before its button', () => {
  expect(readable(operationCard(everyState.planned, en))).toContain('[Confirm]')
  const asked = { ...everyState.awaiting_approval, state: 'planned' } as const
  expect(readable(operationCard(asked, en))).toContain('[Approve]')
})

test('mentions those who may approve while that is open, and nobody afterwards', () => {
  expect(readable(operationCard(everyState.awaiting_approval, en))).toContain('S0SRE')
  expect(readable(operationCard(everyState.rejected, en))).not.toContain('S0SRE')
})

test('offers a way back only where there is one, and never before anything has happened', () => {
  const { inverse: _, ...plan } = everyState.succeeded.plan
  expect(readable(operationCard(everyState.succeeded, en))).toContain('[Undo]')
  expect(readable(operationCard({ ...everyState.succeeded, plan }, en))).not.toContain('[Undo]')
  expect(readable(operationCard(everyState.awaiting_confirmation, en))).not.toContain('[Undo]')
})
