import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clean } from '../../src/command-line/clean.ts'
import { asSent } from './typing.ts'

function cleaned(raw: string): string {
  const result = clean(raw)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.text
}

function problemOf(raw: string) {
  const result = clean(raw)
  return result.ok ? undefined : result.problem
}

describe('cleaning', () => {
  test.each([
    ['undoes entities', 'logs web --grep &lt;a&gt; &amp; b', 'logs web --grep <a> & b'],
    ['undoes entities once only', '&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['unwraps a host name that became a link', 'deploy <http://web.svc|web.svc> 1.5', 'deploy web.svc 1.5'],
    [
      'unwraps an image reference that became a link',
      'deploy web <http://registry.example/shop/web:1.5.0|registry.example/shop/web:1.5.0>',
      'deploy web registry.example/shop/web:1.5.0',
    ],
    [
      'unwraps a link without a label',
      'status <https://a.example/x?y=1&amp;z=2>',
      'status https://a.example/x?y=1&z=2',
    ],
    ['unwraps a mail address', 'audit --by <mailto:ann@corp.example|ann@corp.example>', 'audit --by ann@corp.example'],
    ['keeps whom a mention means and drops the name', 'audit --by <@U0ANN|ann>', 'audit --by <@U0ANN>'],
    ['keeps channels and groups', 'x <#C0OPS|ops> <!subteam^S0SRE|@sre>', 'x <#C0OPS> <!subteam^S0SRE>'],
    ['takes the power out of a mention of everybody', 'x <!channel> <!here|here>', 'x @channel @here'],
    ['leaves angle brackets alone that hold no link', 'logs web --grep <pod>', 'logs web --grep <pod>'],
    ['straightens quotes', 'reject 7F3K “not today” ‘x’', `reject 7F3K "not today" 'x'`],
    ['makes every space a plain one', 'scale\u00A0web\u3000\t5', 'scale web  5'],
    ['drops what shows nothing', 'sc\u200Bale\uFEFF we\u00ADb \u20605', 'scale web 5'],
    ['drops a code fence around the whole', '```\nscale web 5\n```', 'scale web 5'],
    ['drops backticks around the whole', ' `scale web 5` ', 'scale web 5'],
    ['drops line ends around the whole', '\r\nscale web 5\n', 'scale web 5'],
    ['keeps Chinese and emoji', 'reject 7F3K "不行 👩‍💻"', 'reject 7F3K "不行 👩‍💻"'],
  ])('%s', (_, raw, text) => {
    expect(cleaned(raw)).toBe(text)
  })

  test.each([
    ['a control character', 'scale web\u0007 5', { character: 'U+0007', what: 'control', at: 9, before: 'scale web' }],
    ['an escape sequence', 'scale \u001B[31mweb 5', { character: 'U+001B', what: 'control', at: 6 }],
    ['a second line', 'status\nscale web 0', { character: 'U+000A', what: 'newline', at: 6 }],
    ['a Unicode line separator', 'status\u2028x', { character: 'U+2028', what: 'newline', at: 6 }],
    ['a vertical tab at the end', 'status\v', { character: 'U+000B', what: 'control' }],
    ['a bidi override', 'deploy \u202Ebew 1', { character: 'U+202E', what: 'bidi', at: 7 }],
    ['a bidi mark', 'deploy web\u200F 1', { character: 'U+200F', what: 'bidi', at: 10 }],
    ['invisible tag characters', 'deploy web\u{E0041} 1', { character: 'U+E0041', what: 'hidden', at: 10 }],
    ['half a character', 'deploy web\uD83D 1', { character: 'U+D83D', what: 'half', at: 10 }],
    ['a NUL inside a link', 'x <http://a|a\u0000b>', { character: 'U+0000', what: 'control' }],
  ])('refuses %s and says where', (_, raw, problem) => {
    expect(problemOf(raw)).toMatchObject({ code: 'command_bad_character', ...problem })
  })

  test('refuses more than 4,000 characters, counted after undoing the escapes', () => {
    expect(cleaned('&amp;'.repeat(4000))).toHaveLength(4000)
    expect(problemOf('a'.repeat(4001))).toEqual({ code: 'command_too_long', length: 4001, limit: 4000 })
    expect(problemOf('a'.repeat(1_000_000))).toMatchObject({ code: 'command_too_long' })
  })

  test('changes nothing in what was cleaned and is typed again', () => {
    fc.assert(
      fc.property(chatText, (raw) => {
        const once = clean(raw)
        if (!once.ok) return
        expect(clean(asSent(once.text))).toEqual(once)
      }),
      { numRuns: 2000 },
    )
  })

  test('leaves no character that it refuses', () => {
    const bad = /\p{Cc}|[\u2028\u2029\u200E\u202A-\u202E\u2066-\u2069]/u
    const text = fc.array(fc.oneof(chatText, fc.constantFrom('\u0000', '\u2028', '\u202E', '\r', '\v')), {
      maxLength: 3,
    })
    const leavesNone = fc.property(text, (parts) => {
      const once = clean(parts.join(''))
      return !once.ok || !bad.test(once.text)
    })
    expect(fc.check(leavesNone, { numRuns: 1000 })).toMatchObject({ failed: false })
  })
})

const chatText = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 5 }),
      fc.constantFrom(
        '&amp;',
        '&lt;',
        '&gt;',
        '<',
        '>',
        '|',
        '<http://a b|',
        '<@U1|',
        '<@U1>',
        '<!',
        '“',
        '’',
        '`',
        '```',
        '\n',
        '\u200B',
        '\u00A0',
        'lt;',
        'http:',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))
