import { expect, test } from 'vitest'
import { fileOf, spoolEntry } from '../../src/logs/file-text.ts'
import { createSpool } from '../../src/logs/spool.ts'
import { anEntry } from './an-entry.ts'

const words = {
  head: ({ lines }: { readonly lines: number }) => `${lines} lines`,
  skipped: () => '',
  leftOut: ({ lines, bytes }: { readonly lines: number; readonly bytes: number }) =>
    `${lines} lines, ${bytes} bytes left out`,
  filtered: () => '',
  missed: () => '',
}

function aSpool(settings?: { most: number; head: number; chunk: number }) {
  let now = 0
  const spool = createSpool({ now: () => now, report: (error) => expect(error).toBeUndefined() }, settings)
  const text = async (since?: number): Promise<readonly string[]> => {
    const { content } = fileOf({ what: 'shop/web', cluster: 'test', filter: {} }, await spool.read(since), {
      words,
      at: 0,
      losses: { skipped: 0, late: 0 },
    })
    return new TextDecoder().decode(content).trimEnd().split('\n')
  }
  return { spool, text, at: (ms: number) => (now = ms) }
}

test('all that was written is read, in order, chinese and long lines too', async () => {
  const { spool, text } = aSpool()
  const lines = Array.from({ length: 20_000 }, (_, at) => `${at} 订单超时 ${'x'.repeat(at % 50)}`)
  for (const line of lines) spool.write(line)
  expect(await text()).toEqual(['# 20000 lines', ...lines])
})

test('too much: beginning and end stay, and what is missing is counted where it is missing', async () => {
  const { spool, text } = aSpool({ most: 10_000, head: 2_000, chunk: 500 })
  for (let at = 0; at < 10_000; at += 1) spool.write(`line ${String(at).padStart(5, '0')}`)
  const [head, ...lines] = await text()
  const gap = lines.findIndex((line) => line.startsWith('#'))
  const numbers = lines.filter((_, at) => at !== gap).map((line) => Number(line.slice(5)))
  const left = Number(/# (\d+) lines/.exec(lines[gap] ?? '')?.[1])
  expect(numbers.length + left).toBe(10_000)
  expect(head).toBe(`# ${numbers.length} lines`)
  expect(numbers.slice(0, gap)).toEqual(Array.from({ length: gap }, (_, at) => at))
  expect(numbers.slice(gap)).toEqual(Array.from({ length: numbers.length - gap }, (_, at) => gap + left + at))
  expect(lines.join('\n').length).toBeLessThan(11_000)
})

test('the last minutes are what came in them', async () => {
  const { spool, text, at } = aSpool({ most: 1_000_000, head: 100_000, chunk: 20 })
  for (let minute = 0; minute < 30; minute += 1) {
    at(minute * 60_000)
    spool.write(`minute ${minute}, and a little more`)
  }
  const recent = await text(15 * 60_000)
  expect(recent[1]).toContain('minute 15')
  expect(recent).toHaveLength(16)
})

test('in the file a line that came late carries its mark, and one beside a match its own', async () => {
  const { spool, text } = aSpool()
  spoolEntry(spool, anEntry('in order'))
  spoolEntry(spool, { ...anEntry('came late', { more: ['  at x'] }), late: true })
  spoolEntry(spool, { ...anEntry('both'), late: true, aside: true })
  const [, ...lines] = await text()
  const at = '2026-01-01T12:00:00.000000000Z web-1 app'
  expect(lines).toEqual([`${at} in order`, `${at} ^ came late`, '  at x', `${at} ^ - both`])
})
