import { hash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AuditHead } from '../../src/audit/audit.ts'
import { emptyHead, entryText, headText, link, parseHead } from '../../src/audit/chain.ts'
import { exportRecords } from '../../src/audit/export.ts'
import type { AuditFilter } from '../../src/audit/record.ts'
import { verifyChain } from '../../src/audit/verify.ts'

const start = Date.UTC(2026, 0, 1)

/** A chain of records a minute apart, as lines and heads; `details` varies their length. */
function chain(count: number) {
  const lines: string[] = []
  const heads: AuditHead[] = [emptyHead]
  for (let index = 0; index < count; index += 1) {
    const entry = {
      what: index % 2 ? 'decision' : 'command',
      who: index % 3 ? 'T0CORP/U0ANN' : 'T0CORP/U0BO',
      cluster: index % 2 ? 'prod' : 'test',
      action: index % 5 ? 'status' : 'deploy',
      details: { index, text: '=回"x",\n'.repeat(index % 7) },
    }
    const linked = link(heads[index] ?? emptyHead, entryText(entry), start + index * 60_000)
    lines.push(linked.line)
    heads.push(linked.head)
  }
  return { lines, heads, head: heads[count] ?? emptyHead }
}

const bytesOf = (lines: readonly string[]) => Buffer.from(lines.map((line) => `${line}\n`).join(''))

async function* inChunks(bytes: Buffer, size = 1000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const verify = (bytes: Buffer, expected?: AuditHead) => verifyChain(inChunks(bytes), expected)

describe('verifying the chain', () => {
  test('a whole chain is good, an empty one too, however the bytes are cut into chunks', async () => {
    const { lines, head } = chain(40)
    for (const size of [1, 7, 64, 100_000]) {
      expect(await verifyChain(inChunks(bytesOf(lines), size))).toEqual({ ok: true, head })
    }
    expect(await verify(Buffer.alloc(0))).toEqual({ ok: true, head: emptyHead })
  })

  test('any line can be checked with a line splitter and SHA-256 alone', () => {
    const { lines } = chain(10)
    let before = '0'.repeat(64)
    for (const line of lines) {
      const [body = '', rest = ''] = line.split(/,"hash":"(?=[0-9a-f]{64}"\}$)/)
      expect(hash('sha256', body, 'hex')).toBe(rest.slice(0, 64))
      expect(body.endsWith(`,"prev":"${before}"`)).toBe(true)
      before = rest.slice(0, 64)
    }
  })

  test('any flipped bit is found at its line', async () => {
    const { lines } = chain(12)
    const whole = bytesOf(lines)
    const lineAt = (at: number) => whole.subarray(0, at).toString('latin1').split('\n').length
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: whole.length - 1 }),
        fc.integer({ min: 0, max: 7 }),
        async (at, bit) => {
          const damaged = Buffer.from(whole)
          damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << bit), at)
          expect(await verify(damaged)).toMatchObject({ ok: false, line: lineAt(at) })
        },
      ),
      { numRuns: 500 },
    )
  })

  test('a removed, doubled, swapped or invented line is found at the first place that does not follow', async () => {
    const { lines } = chain(12)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 10 }), async (at) => {
        const [one = '', two = ''] = [lines[at], lines[at + 1]]
        expect(await verify(bytesOf(lines.toSpliced(at, 1)))).toMatchObject({ ok: false, line: at + 1 })
        expect(await verify(bytesOf(lines.toSpliced(at, 2, two, one)))).toMatchObject({ ok: false, line: at + 1 })
        expect(await verify(bytesOf(lines.toSpliced(at, 0, one)))).toMatchObject({ ok: false, line: at + 2 })
        expect(await verify(bytesOf(lines.toSpliced(at, 0, '{"seq":1}')))).toMatchObject({
          ok: false,
          line: at + 1,
          why: 'not-a-record',
        })
      }),
    )
  })

  test('says why: bytes changed, a record from another chain, a number changed, cut off while written', async () => {
    const { lines } = chain(5)
    const why = async (text: string) => verify(Buffer.from(text))
    const text = bytesOf(lines).toString()
    expect(await why(text.replace('"index":2', '"index":9'))).toMatchObject({ ok: false, line: 3, why: 'hash' })
    expect(await why(text.replace('"seq":3', '"seq":8'))).toMatchObject({ ok: false, line: 3, why: 'sequence' })
    expect(await why(text.slice(0, -1))).toMatchObject({ ok: false, line: 5, why: 'torn' })
    const alien = link({ count: 2, hash: 'a'.repeat(64) }, '"what":"x","who":"y"', start).line
    expect(await verify(bytesOf(lines.with(2, alien)))).toMatchObject({ ok: false, line: 3, why: 'prev' })
  })

  test('a chain cut at its end, or written anew, is only found with a head from elsewhere', async () => {
    const { lines, heads, head } = chain(9)
    const cut = bytesOf(lines.slice(0, 6))
    expect(await verify(cut)).toMatchObject({ ok: true })
    expect(await verify(cut, head)).toMatchObject({ ok: false, why: 'head-short', found: heads[6] })
    expect(await verify(Buffer.alloc(0), head)).toMatchObject({ ok: false, why: 'head-short' })
    expect(await verify(bytesOf(lines), { ...head, hash: 'b'.repeat(64) })).toMatchObject({
      ok: false,
      why: 'head-differs',
      found: head,
    })
    for (const earlier of heads) expect(await verify(bytesOf(lines), earlier)).toMatchObject({ ok: true, head })
  })

  test('a head reads COUNT:HASH', () => {
    const { head } = chain(3)
    expect(parseHead(headText(head))).toEqual(head)
    expect(parseHead(` ${headText(head).toUpperCase()}\n`)).toEqual(head)
    for (const text of ['', '3', `:${head.hash}`, `3:${head.hash}0`, `-3:${head.hash}`, 'x'])
      expect(parseHead(text)).toBeUndefined()
  })
})

async function run(lines: readonly string[], format: 'csv' | 'jsonl', filter?: AuditFilter): Promise<string> {
  const pieces: string[] = []
  const options = { format, ...(filter === undefined ? {} : { filter }) }
  for await (const piece of exportRecords(inChunks(bytesOf(lines)), options)) pieces.push(piece)
  return pieces.join('')
}

describe('exporting', () => {
  test('JSON lines are the lines of the trail, so that a whole export verifies', async () => {
    const { lines } = chain(20)
    expect(await run(lines, 'jsonl')).toBe(bytesOf(lines).toString())
  })

  test('filters by time, person, cluster and action hold together', async () => {
    const { lines } = chain(40)
    const indexes = async (filter: AuditFilter) =>
      [...(await run(lines, 'jsonl', filter)).matchAll(/"index":(\d+)/g)].map(([, index]) => Number(index))
    expect(await indexes({ since: start + 37 * 60_000 })).toEqual([37, 38, 39])
    expect(await indexes({ until: start + 60_000 })).toEqual([0, 1])
    expect(await indexes({ who: 'T0CORP/U0BO', cluster: 'prod', action: 'deploy' })).toEqual([15])
    expect(await indexes({ who: 'nobody' })).toEqual([])
  })

  test('CSV quotes what must be quoted and lets no cell be a formula', async () => {
    const { line } = link(
      emptyHead,
      entryText({ what: 'command', who: '=cmd()', target: 'a,"b"\nc', details: { a: 1 } }),
      start,
    )
    expect(await run([line], 'csv')).toBe(
      [
        'seq,time,what,who,cluster,action,target,operation,channel,details,prev,hash',
        `1,2026-01-01T00:00:00.000Z,command,'=cmd(),,,"a,""b""\nc",,,"{""a"":1}",${emptyHead.hash},${line.slice(-66, -2)}`,
        '',
      ].join('\r\n'),
    )
  })

  test('a line that is no record is left out', async () => {
    const { lines } = chain(2)
    const [first = '', second = ''] = lines
    expect(await run([first, 'nonsense', second], 'csv')).toBe(await run(lines, 'csv'))
  })
})
