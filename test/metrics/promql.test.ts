import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { literally, quoted, rate, selector, sumBy } from '../../src/metrics/promql.ts'

/** Reads one double-quoted literal as Prometheus does (Go's strconv.Unquote); answers its text and what follows it. */
function readLiteral(source: string): { readonly text: string; readonly after: string } {
  const token = /^"(?:[^"\\\n]|\\(?:["\\]|u[0-9a-f]{4}|U[0-9a-f]{8}))*"/.exec(source)?.[0]
  if (token === undefined) throw new Error(`no literal: ${source}`)
  const text = token
    .slice(1, -1)
    .replace(/\\(?:[uU]((?<=u)[0-9a-f]{4}|(?<=U)[0-9a-f]{8})|["\\])/g, (escape, hex?: string) =>
      hex === undefined ? escape.slice(1) : String.fromCodePoint(Number.parseInt(hex, 16)),
    )
  return { text, after: source.slice(token.length) }
}

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', '}', '{', ',', '=', '~', '`', "'", '#', 'a', ' ') }),
)

describe('a query', () => {
  it('says exactly the value it was given, whatever stands in it', () => {
    fc.assert(
      fc.property(anything, anything, (first, second) => {
        const query = selector('up', [
          { label: 'namespace', is: '=', value: first },
          { label: 'pod', is: '!=', value: second },
        ])
        expect(query.startsWith('up{namespace=')).toBe(true)
        const one = readLiteral(query.slice('up{namespace='.length))
        expect(one.text).toBe(first)
        expect(one.after.startsWith(',pod!=')).toBe(true)
        expect(readLiteral(one.after.slice(',pod!='.length))).toEqual({ text: second, after: '}' })
      }),
    )
  })

  it('matches a text literally, whatever stands in it', () => {
    fc.assert(
      fc.property(anything, anything, (text, other) => {
        const pattern = new RegExp(`^(?:${literally(text)})$`, 'u')
        expect(pattern.test(text)).toBe(true)
        expect(pattern.test(other)).toBe(other === text)
      }),
    )
  })

  it('writes half a character as the sign for an unknown one: Prometheus would refuse it', () => {
    expect(quoted('a\ud800b')).toBe('"a\\ufffdb"')
  })

  it.each(['a b', 'a"', '', '1a', 'a-b', 'pod)or('])('takes no name that can be none: %j', (name) => {
    expect(() => selector(name, [])).toThrow()
    expect(() => selector('up', [{ label: name, is: '=', value: '' }])).toThrow()
    expect(() => sumBy([name], 'up')).toThrow()
  })

  it('is built of plain parts', () => {
    const inner = selector('up', [{ label: 'pod', is: '=~', value: `web-${literally('a.b')}` }])
    expect(sumBy(['pod', 'node'], rate(inner, 300_000))).toBe('sum by (pod,node) (rate(up{pod=~"web-a\\\\.b"}[300s]))')
    expect(sumBy([], 'up')).toBe('sum(up)')
  })
})
