import { expect, test } from 'vitest'
import { atRest } from '../../../src/store/embedded/document.ts'

const documentOf = (json: string) => ({ id: '7F3K', version: 3, json, keys: ['open'], due: 5 })

test('a document at rest reads as it was written, whatever its length and letters', () => {
  for (const letters of ['plan', '部署 →', '\u0000"\\', '😀'])
    for (const times of [1, 200, 400, 5_000, 40_000]) {
      const document = documentOf(JSON.stringify({ text: letters.repeat(times) }))
      expect({ ...atRest(document) }).toEqual(document)
    }
})

test("a text of an operation's length is not held as text", () => {
  const held = atRest(documentOf(JSON.stringify({ text: 'plan'.repeat(1_000) })))
  expect(Object.getOwnPropertyDescriptor(held, 'json')?.get).toBeDefined()
})
