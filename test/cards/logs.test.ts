import { expect, test } from 'vitest'
import { logsCard } from '../../src/cards/logs.ts'
import { en } from '../../src/cards/texts/en.ts'
import type { Tail } from '../../src/logs/tail.ts'
import { anEntry } from '../logs/an-entry.ts'

const whole: Tail = {
  entries: [anEntry('hello')],
  sources: 1,
  over: 0,
  waiting: [],
  failed: [],
  partly: [],
  unfinished: [],
  short: false,
}
const notesOf = (tail: Partial<Tail>): readonly string[] =>
  logsCard({ what: 'shop/web', cluster: 'prod', tail: { ...whole, ...tail }, filter: {}, of: 'current' }, en)
    .parts.filter((part) => part.kind === 'note')
    .flatMap(({ text }) => text)
    .filter((span) => typeof span === 'string')

test('an answer that is whole says nothing besides', () => {
  expect(notesOf({})).toEqual([])
})

test('what was not read is said, and of many alike how many there are', () => {
  expect(notesOf({ partly: [{ source: 'web-1/app', lines: 8_000 }], short: true })).toEqual([
    '⚠ web-1/app is large: only its newest 8000 lines were read',
    '⚠ fewer lines than asked for: they are large, and the oldest were left out',
  ])
  const unfinished = Array.from({ length: 5 }, (_, at) => `web-${at}/app`)
  expect(notesOf({ unfinished }).at(0)).toMatch(/^⚠ web-0\/app was not read to its end/)
  expect(notesOf({ unfinished }).slice(3)).toEqual(['⚠ and 2 containers more like that'])
  const problem = { code: 'cluster_failed', cluster: 'prod', status: 400, detail: 'gone' } as const
  const failed = Array.from({ length: 4 }, (_, at) => ({ pod: `web-${at}`, problem }))
  expect(notesOf({ failed }).slice(3)).toEqual(['⚠ and 1 container more like that'])
})
