import { expect, test } from 'vitest'
import { operationCard } from '../../src/cards/operation.ts'
import { en } from '../../src/cards/texts/en.ts'
import { allOperations, everyState } from '../support/operation-builder.ts'
import { readable } from '../support/readable.ts'

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
