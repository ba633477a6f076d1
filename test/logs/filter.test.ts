import { expect, test } from 'vitest'
import { createFilter } from '../../src/logs/filter.ts'
import type { FilterWish } from '../../src/logs/filter.ts'
import { anEntry } from './an-entry.ts'

const passed = (wish: FilterWish, lines: readonly string[]): readonly string[] => {
  const filter = createFilter(wish)
  return lines.flatMap((text) => filter.pass(anEntry(text))).map(({ text, aside }) => (aside ? `- ${text}` : text))
}

const lines = ['INFO a', 'ERROR b', 'WARN c', 'plain d', 'ERROR healthz']

test.each<[FilterWish, readonly string[]]>([
  [{}, lines],
  [{ grep: 'ERROR' }, ['ERROR b', 'ERROR healthz']],
  [{ grep: '^[A-Z]+ [bc]$' }, ['ERROR b', 'WARN c']],
  [{ exclude: 'healthz|plain' }, ['INFO a', 'ERROR b', 'WARN c']],
  [{ level: 'warn' }, ['ERROR b', 'WARN c', 'ERROR healthz']],
  [{ level: 'error', exclude: 'healthz' }, ['ERROR b']],
  [{ grep: 'b$', context: 1 }, ['- INFO a', 'ERROR b', '- WARN c']],
  [{ grep: 'ERROR', context: 1 }, ['- INFO a', 'ERROR b', '- WARN c', '- plain d', 'ERROR healthz']],
])('%j lets %j through', (wish, expected) => {
  expect(passed(wish, lines)).toEqual(expected)
})

test('context is of the same pod', () => {
  const filter = createFilter({ grep: 'hit', context: 1 })
  filter.pass(anEntry('a before', { pod: 'a' }))
  filter.pass(anEntry('b before', { pod: 'b' }))
  expect(filter.pass(anEntry('hit', { pod: 'a' })).map(({ text }) => text)).toEqual(['a before', 'hit'])
  expect(filter.pass(anEntry('b after', { pod: 'b' }))).toEqual([])
})

test('a match anywhere in a stack trace shows the whole of it', () => {
  const filter = createFilter({ grep: 'Shop\\.java' })
  expect(filter.pass(anEntry('ERROR', { more: ['\tat Shop.java:3'] }))).toHaveLength(1)
})

test('an expression that would backtrack for ever elsewhere costs no more than the text is long', () => {
  const filter = createFilter({ grep: '(a+)+$' })
  expect(filter.pass(anEntry(`${'a'.repeat(8_000)}b`))).toEqual([])
})
