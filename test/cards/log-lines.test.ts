import { expect, test } from 'vitest'
import { entriesText, rowsText } from '../../src/cards/log-lines.ts'
import { en } from '../../src/cards/texts/en.ts'
import { anEntry } from '../logs/an-entry.ts'

const late = { ...anEntry('came late', { ms: 1_500 }), late: true as const }
const aside = { ...anEntry('near a match', { ms: 2_000 }), aside: true as const }

test('what came too late to be put in order is marked where it is shown', () => {
  const rows = [late, aside].map((last) => ({ last, count: 1, sources: 1 }))
  expect(rowsText(rows, { most: 1_000, logs: en.logs })).toBe('12:00:01.500 ^ came late\n12:00:02.000 · near a match')
  expect(entriesText([late])).toBe('12:00:01.500 ^ came late')
})
