import { expect, test } from 'vitest'
import { operationCard } from '../../src/cards/operation.ts'
import { en } from '../../src/cards/texts/en.ts'
import { zh } from '../../src/cards/texts/zh.ts'
import { OperationId } from '../../src/operations/operation-id.ts'
import { allOperations, bo, everyState } from '../support/operation-builder.ts'
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

test('of an order that was asked for and rejected before quotes the rejection while it is open', async () => {
  const rejectedBefore = { operation: OperationId.parse('3RPF'), by: bo, at: 900_000, because: 'not <!here> today' }
  const asked = { ...everyState.awaiting_approval, rejectedBefore }
  await expect(readable(operationCard(asked, en))).toMatchFileSnapshot('goldens/operation-asked-again.txt')
  await expect(readable(operationCard(asked, zh))).toMatchFileSnapshot('goldens/zh-operation-asked-again.txt')
  expect(readable(operationCard({ ...everyState.succeeded, rejectedBefore }, en))).not.toContain('3RPF')
})
