import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openFileTrail } from '../../src/audit/file-trail.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { aTerminal } from './a-terminal.ts'

/** Three records, a day apart, the last on 31 October 2026. */
async function aTrail() {
  const terminal = aTerminal()
  const path = join(terminal.cwd, 'data/audit.jsonl')
  const clock = createManualClock(Date.parse('2026-10-29T12:00Z'))
  const { trail } = await openFileTrail({ path, clock })
  for (const operation of ['AAAA', 'BBBB', 'CCCC']) {
    await trail.record({ what: 'intent', who: 'T0/U0ANN', cluster: 'prod', action: 'deploy', operation })
    await clock.advance(86_400_000)
  }
  const { count, hash } = trail.head()
  await trail.close()
  return { ...terminal, path, head: `${count}:${hash}` }
}

const alter = (path: string, change: (text: string) => string): void =>
  writeFileSync(path, change(readFileSync(path, 'utf8')))

describe('audit verify', () => {
  test('a whole trail is 0 and its head is shown', async () => {
    const { type, head } = await aTrail()
    expect(await type('audit', 'verify')).toEqual({
      code: 0,
      out: `data/audit.jsonl: whole, 3 records. Head ${head}\n`,
      error: '',
    })
    expect((await type('audit', 'verify', '--head', head)).code).toBe(0)
  })

  test('an altered record is 1 and its line is named', async () => {
    const { type, path } = await aTrail()
    alter(path, (text) => text.replace('BBBB', 'XXXX'))
    const { code, out, error } = await type('audit', 'verify')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(error).toContain('data/audit.jsonl:2  broken: its bytes do not give its hash')
  })

  test('a trail that was cut short is whole in itself, and is found by a head', async () => {
    const { type, path, head } = await aTrail()
    alter(path, (text) => `${text.split('\n').slice(0, 2).join('\n')}\n`)
    expect((await type('audit', 'verify')).code).toBe(0)
    const { code, error } = await type('audit', 'verify', '--head', head)
    expect(code).toBe(1)
    expect(error).toContain('cut short. It ends after 2 records')
  })

  test('a file that is not there is 2', async () => {
    const { code, error } = await aTerminal().type('audit', 'verify', 'nowhere.jsonl')
    expect({ code, error }).toEqual({ code: 2, error: 'nowhere.jsonl: there is no such file.\n' })
  })
})

describe('audit tail and export', () => {
  test('tail shows the last records, oldest of them first', async () => {
    const { type } = await aTrail()
    const { code, out } = await type('audit', 'tail', '--lines', '2')
    expect(code).toBe(0)
    expect(out.split('\n').map((line) => /BBBB|CCCC/.exec(line)?.[0])).toEqual(['BBBB', 'CCCC', undefined])
  })

  test('export without a filter is the trail byte for byte', async () => {
    const { type, path } = await aTrail()
    expect((await type('audit', 'export')).out).toBe(readFileSync(path, 'utf8'))
  })

  test('--since takes a duration or a time with its zone', async () => {
    const { type } = await aTrail()
    const csv = await type('audit', 'export', '--format', 'csv', '--since', '24h')
    expect(csv.out.split('\r\n')).toHaveLength(3)
    expect((await type('audit', 'export', '--since', '2026-10-30T12:00+00:00')).out.split('\n')).toHaveLength(3)
    expect((await type('audit', 'export', '--since', '2026-10-30')).code).toBe(2)
  })

  test.each([
    {
      damage: 'a byte flipped',
      change: (text: string) => text.replace('BBBB', 'BXBB'),
      line: 2,
      shown: ['AAAA', 'BXBB', 'CCCC'],
    },
    {
      damage: 'a line removed',
      change: (text: string) => text.split('\n').toSpliced(1, 1).join('\n'),
      line: 2,
      shown: ['AAAA', 'CCCC'],
    },
    {
      damage: 'two lines swapped',
      change: (text: string) => {
        const [one = '', two = '', ...others] = text.split('\n')
        return [two, one, ...others].join('\n')
      },
      line: 1,
      shown: ['BBBB', 'AAAA', 'CCCC'],
    },
    {
      damage: 'a line that is no record',
      change: (text: string) => text.replace(/\n/, '\nrubbish\n'),
      line: 2,
      shown: ['AAAA', 'BBBB', 'CCCC'],
    },
    {
      damage: 'its end cut off in the middle of a line',
      change: (text: string) => text.slice(0, -40),
      line: 3,
      shown: ['AAAA', 'BBBB'],
    },
  ])('a trail with $damage is shown, and what verify says of it is said, with 1', async ({ change, line, shown }) => {
    const { type, path } = await aTrail()
    alter(path, change)
    const verified = await type('audit', 'verify')
    expect(verified.error).toContain(`data/audit.jsonl:${line}  broken: `)
    for (const words of [['export'], ['export', '--format', 'csv'], ['tail'], ['tail', '--json']]) {
      const { code, out, error } = await type('audit', ...words)
      expect({ words, code, error }).toEqual({ words, code: 1, error: verified.error })
      expect(out.match(/AAAA|B.BB|CCCC/g)).toEqual(shown)
    }
  })

  test('a link that leads back to itself is said to be one', async () => {
    const { type, cwd } = aTerminal()
    symlinkSync('loop.jsonl', join(cwd, 'loop.jsonl'))
    for (const verb of ['verify', 'export', 'tail']) {
      const { code, error } = await type('audit', verb, 'loop.jsonl')
      expect(code).toBe(2)
      expect(error).toContain('loop.jsonl: is a symbolic link that leads back to itself.')
      expect(error).not.toContain('right to read')
    }
  })
})
