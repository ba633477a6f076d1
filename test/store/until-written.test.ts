import { expect, test } from 'vitest'
import { conflict, untilWritten } from '../../src/store/until-written.ts'

const plates = { name: 'plates' }

test('a write is made again until it goes through', async () => {
  const outcomes = [conflict, conflict, 'written'] as const
  let tries = 0
  expect(await untilWritten(plates, async () => outcomes[tries++] ?? 'too often')).toBe('written')
})

test('nothing to write is an answer as well', async () => {
  expect(await untilWritten(plates, async () => undefined)).toBeUndefined()
})

test('a write that can never go through ends with a word, and not never', async () => {
  let tries = 0
  const never = untilWritten(plates, async () => {
    tries += 1
    return conflict
  })
  await expect(never).rejects.toMatchObject({
    problem: { code: 'store_contended', collection: 'plates', tries: 100 },
  })
  expect(tries).toBe(100)
})
