import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commands } from '../../commands/index.ts'
import { asSent, commandLine } from './typing.ts'

const verbs = commands.flatMap(({ name, aliases }) => [name, ...aliases])
const flags = [
  '--cluster',
  '--namespace',
  '-n',
  '--reason',
  '--container',
  '--to-revision',
  '--follow',
  '--tail',
  '--grep',
  '--since',
  '--private',
  '--by',
]
const words = [
  'web',
  'shop/web',
  'prod:shop/sts/web',
  'prod',
  'shop',
  '5',
  '+2',
  '-1',
  '4..12',
  '1.10',
  '12',
  '2h',
  '7F3K',
  '<@U0ANN>',
  'to',
  'on',
  'in',
  'for',
  '“two',
  'words”',
  "'",
  '"',
  '\\',
  '`',
  '—',
  '=',
  'deploy',
  'ａ',
]

/** A line out of pieces that mean something, so that many of them are commands. */
const line = fc
  .tuple(
    fc.constantFrom(...verbs),
    fc.array(fc.oneof(fc.constantFrom(...words), fc.constantFrom(...flags), fc.string({ maxLength: 4 })), {
      maxLength: 9,
    }),
  )
  .map(([verb, pieces]) => [verb, ...pieces].join(' '))

/** A command that is surely complete, with texts of every sort. */
const complete = fc
  .record({
    start: fc.constantFrom(
      'deploy prod:shop/web 1.10',
      'scale web -1',
      'logs sts/web',
      'reject 7F3K',
      'freeze prod 2h',
      'restart web in deploy',
    ),
    text: fc.oneof(
      fc.string({ minLength: 1, maxLength: 30, unit: 'binary' }),
      fc.string({ minLength: 1, maxLength: 30 }),
    ),
  })
  .map(
    ({ start, text }) =>
      `${start} ${start.startsWith('logs') ? '--grep' : '--reason'} "${text.replace(/["\\]/g, '\\$&')}"`,
  )

describe('any line', () => {
  test('is either a command, or a problem with a place in the line', () => {
    fc.assert(
      fc.property(fc.oneof(line, fc.string({ unit: 'binary', maxLength: 300 })), (text) => {
        const reading = commandLine.read({ text })
        if (reading.ok) return
        expect(reading.problem.code).toMatch(/^command_/)
        if (!('line' in reading.problem)) return
        const { at, length, line } = reading.problem
        expect(at).toBeGreaterThanOrEqual(0)
        expect(at + length).toBeLessThanOrEqual(line.length)
      }),
      { numRuns: 3000 },
    )
  })

  test('of up to 10,000 characters is answered', () => {
    const piece = fc.constantFrom(
      'to ',
      'on ',
      '"',
      '\\"',
      "'",
      '<',
      '<a|',
      '&amp;',
      '--',
      '—',
      '- ',
      'a',
      ' ',
      '`',
      ':',
      '/',
      '..',
      '9',
      'for ',
      'x=',
      '--grep (a+)+',
      '<http://',
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...verbs),
        fc.array(piece, { minLength: 1, maxLength: 4 }),
        fc.nat(10_000),
        (verb, pieces, length) => {
          const text = `${verb} ${pieces.join('').repeat(length).slice(0, length)}`
          expect(commandLine.read({ text })).toHaveProperty('ok')
        },
      ),
      { numRuns: 500 },
    )
  })

  test('that is a command is echoed as a line that is the same command', () => {
    let understood = 0
    fc.assert(
      fc.property(fc.oneof(line, complete), (text) => {
        const reading = commandLine.read({ text: asSent(text) })
        if (!reading.ok) return
        understood += 1
        const { canonical, verb } = reading.command
        expect(commandLine.readCanonical(canonical)).toMatchObject({ ok: true, command: { canonical, verb } })
        expect(commandLine.read({ text: asSent(canonical) })).toMatchObject({ ok: true, command: { canonical } })
      }),
      { numRuns: 3000 },
    )
    expect(understood).toBeGreaterThan(500)
  })

  test('means the same with every word of it in backticks, curly quotes and wide spaces', () => {
    fc.assert(
      fc.property(fc.constantFrom(...commands.flatMap(({ examples }) => examples)), (example) => {
        const mangled = `\`${example.replaceAll(' ', '\u00A0').replaceAll('"', '”').replaceAll('--', '—')}\``
        const plain = commandLine.readCanonical(example)
        expect(plain.ok).toBe(true)
        expect(commandLine.read({ text: mangled })).toMatchObject({
          ok: true,
          command: { canonical: plain.ok ? plain.command.canonical : '' },
        })
      }),
    )
  })
})
