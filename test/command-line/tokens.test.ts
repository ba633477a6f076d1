import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quote } from '../../src/command-line/quote.ts'
import { tokenize } from '../../src/command-line/tokens.ts'

/** `word`, `"quoted"`, `--flag`, `--flag=value` for each token. */
function split(line: string): readonly string[] {
  const result = tokenize(line)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.tokens.map((token) =>
    token.kind === 'flag'
      ? `--${token.name}${token.value === undefined ? '' : `=${token.value}`}`
      : token.kind === 'quoted'
        ? `"${token.text}"`
        : token.text,
  )
}

describe('splitting a line', () => {
  test.each([
    ['at spaces, however many', '  scale   web 5 ', ['scale', 'web', '5']],
    ['but not inside quotes', `a "b  c" 'd e'`, ['a', '"b  c"', '"d e"']],
    ['taking a flag with its quoted value as one', '--reason="fix 1432" x', ['--reason=fix 1432', 'x']],
    ['leaving an apostrophe in a word alone', "don't 'it's fine' x", ["don't", `"it's fine"`, 'x']],
    ['taking quotes inside other quotes as text', `"say 'hi'" 'say "hi"'`, [`"say 'hi'"`, '"say "hi""']],
    ['undoing backslashes before a double quote', String.raw`"a \" b\\"`, [String.raw`"a " b\"`]],
    ['leaving every other backslash', String.raw`"\d+\.\w" \d`, [String.raw`"\d+\.\w"`, String.raw`\d`]],
    ['keeping an empty quoted text', '"" x', ['""', 'x']],
    ['taking an em dash before a letter for a flag', '—reason x', ['--reason', 'x']],
    ['taking an en dash before a letter for a flag', '–n shop –-private', ['--n', 'shop', '--private']],
    ['taking a minus sign before a digit for a minus', '\u22125 –1 -2 +3', ['-5', '-1', '-2', '+3']],
    ['leaving a dash alone that stands alone', 'a — b – c - d', ['a', '—', 'b', '–', 'c', '-', 'd']],
    ['leaving dashes in quotes alone', '"—reason"', ['"—reason"']],
    ['leaving a dash between numbers alone', '4–12', ['4–12']],
    ['making non-breaking hyphens plain', 'web\u2011api', ['web-api']],
    ['taking backticks off words', '`scale` `web 5`', ['scale', 'web', '5']],
    ['making wide letters narrow', 'ｐｒｏｄ：ｗｅｂ ＋２ －－ｒｅａｓｏｎ＝ｘ', ['prod:web', '+2', '--reason=x']],
    ['keeping wide letters in quotes', '"不行，改天"', ['"不行，改天"']],
    ['reading flag names in any case', '--Cluster=Prod', ['--cluster=Prod']],
    ['keeping further equals signs', '--grep=a=b', ['--grep=a=b']],
  ])('%s', (_, line, tokens) => {
    expect(split(line)).toEqual(tokens)
  })

  test('says where a quote was opened and never closed', () => {
    expect(tokenize('reject 7F3K "not today')).toEqual({
      ok: false,
      problem: { code: 'command_unclosed_quote', quote: '"', line: 'reject 7F3K "not today', at: 12, length: 1 },
    })
    expect(tokenize(`a --reason='x`)).toMatchObject({ ok: false, problem: { at: 11, quote: "'" } })
  })

  test('knows where each token stands', () => {
    const line = 'deploy `web` --reason="a b"  “x'
    const result = tokenize(line)
    expect(result.ok && result.tokens.map(({ start, end }) => line.slice(start, end))).toEqual([
      'deploy',
      'web`',
      '--reason="a b"',
      '“x',
    ])
  })

  test('gives back any text that was quoted, in order and whole', () => {
    fc.assert(
      fc.property(fc.array(plainText, { maxLength: 5 }), (texts) => {
        const result = tokenize(texts.map(quote).join(' '))
        expect(result.ok && result.tokens.map((token) => (token.kind === 'flag' ? token : token.text))).toEqual(texts)
      }),
      { numRuns: 2000 },
    )
  })
})

const plainText = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc
    .array(fc.constantFrom('"', "'", '\\', ' ', '-', '—', '`', 'a', '=', '1', 'to', 'ａ'), { maxLength: 8 })
    .map((parts) => parts.join('')),
)
