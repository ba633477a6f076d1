import { parseDuration } from './duration.ts'
import { parseFault } from './fault.ts'

export type Token = { readonly at: number; readonly end: number } & (
  | { readonly kind: 'name' | 'operator' | 'end'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string; readonly value: number }
  | { readonly kind: 'duration'; readonly text: string; readonly ms: number }
)

const space = /(?:\s|#[^\n]*)+/y
// A colon before a digit, or alone, stands in a subquery.
const name = /(?:[A-Za-z_]|:[A-Za-z_:])[A-Za-z0-9_:]*/y
const duration = /(?:\d+(?:ms|[smhdwy]))+(?![A-Za-z0-9_.])/y
const number = /(?:0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![A-Za-z0-9_.])/y
const operator = /==|!=|=~|!~|>=|<=|[-+*/%^=<>(){}[\],:@]/y
const quoted = /"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'|`[^`]*`/y

/** Ends with a token of kind `end`. Throws a parse error with its place. */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(source)?.[0]
  }
  for (;;) {
    at += match(space)?.length ?? 0
    if (at >= source.length) {
      tokens.push({ kind: 'end', text: '', at, end: at })
      return tokens
    }
    const token = next(source, at, match)
    tokens.push(token)
    at = token.end
  }
}

function next(source: string, at: number, match: (pattern: RegExp) => string | undefined): Token {
  const place = (text: string) => ({ at, end: at + text.length, text })
  const named = match(name)
  if (named !== undefined) return { kind: 'name', ...place(named) }
  const lasting = match(duration)
  if (lasting !== undefined) {
    const ms = parseDuration(lasting)
    if (ms === undefined) throw parseFault(source, at, `not a valid duration string: "${lasting}"`)
    return { kind: 'duration', ms, ...place(lasting) }
  }
  const counted = match(number)
  if (counted !== undefined) return { kind: 'number', value: Number(counted), ...place(counted) }
  const literal = match(quoted)
  if (literal !== undefined) {
    const text = unquoted(literal)
    if (text === undefined) throw parseFault(source, at, `invalid escape in string ${literal}`)
    return { kind: 'text', at, end: at + literal.length, text }
  }
  const sign = match(operator)
  if (sign !== undefined) return { kind: 'operator', ...place(sign) }
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0)
  if (/["'`]/.test(character)) throw parseFault(source, at, 'unterminated quoted string')
  if (/[0-9.]/.test(character)) {
    const bad = /^[A-Za-z0-9_.]+/.exec(source.slice(at))?.[0] ?? character
    throw parseFault(source, at, `bad number or duration syntax: "${bad}"`)
  }
  throw parseFault(source, at, `unexpected character: '${character}'`)
}

const plain: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
}
const escape = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([0-7]{3})|(.))/gs

/** As Go reads string literals; nothing is escaped between backticks. */
function unquoted(literal: string): string | undefined {
  const inner = literal.slice(1, -1)
  if (literal.startsWith('`')) return inner
  let good = true
  const text = inner.replace(escape, (_all, ...found: readonly (string | undefined)[]) => {
    const [short, long, byte, octal, other] = found
    const hex = short ?? long ?? byte
    const point = hex !== undefined ? Number.parseInt(hex, 16) : octal !== undefined ? Number.parseInt(octal, 8) : -1
    if (point > 0x10ffff) good = false
    else if (point >= 0) return String.fromCodePoint(point)
    const known = plain[other ?? '']
    if (known === undefined) good = false
    return known ?? ''
  })
  return good ? text : undefined
}
