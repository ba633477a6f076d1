import { expect, test } from 'vitest'
import { createWindow } from '../../src/logs/window.ts'
import { anEntry } from './an-entry.ts'

test('what is said again is one row with a count, at its newest place', () => {
  const window = createWindow({ size: 20 })
  for (const [text, pod] of [
    ['tick', 'a'],
    ['other', 'a'],
    ['tick', 'b'],
    ['tick', 'a'],
  ] as const)
    window.add(anEntry(text, { pod }))
  expect(window.look().rows.map(({ last, count, sources }) => [last.text, count, sources])).toEqual([
    ['other', 1, 1],
    ['tick', 3, 2],
  ])
})

test('what nobody could see is counted, and what was looked at in between is not', () => {
  const window = createWindow({ size: 3 })
  for (let at = 0; at < 3; at += 1) window.add(anEntry(`a${at}`))
  expect(window.look().unseen).toBe(0)
  for (let at = 0; at < 10; at += 1) window.add(anEntry(`b${at}`, { more: ['  and more'] }))
  const { rows, unseen } = window.look()
  expect(rows.map(({ last }) => last.text)).toEqual(['b7', 'b8', 'b9'])
  expect(unseen).toBe(14)
})
