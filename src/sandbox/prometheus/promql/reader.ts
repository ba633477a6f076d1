import { parseFault } from './fault.ts'
import { tokensOf } from './tokens.ts'
import type { Token } from './tokens.ts'

/** Tokens in their order, and the errors of one who met another than they awaited. */
export interface Reader {
  readonly source: string
  peek(ahead?: number): Token
  next(): Token
  /** Takes the operator, or a word (in whatever case), if it is next. */
  take(text: string): Token | undefined
  expect(text: string, where: string): Token
  unexpected(token: Token, where: string): Error
}

export function createReader(source: string): Reader {
  const tokens = tokensOf(source)
  let position = 0
  const end = tokens.at(-1) ?? { kind: 'end' as const, text: '', at: source.length, end: source.length }
  const peek = (ahead = 0): Token => tokens[position + ahead] ?? end
  const next = (): Token => {
    const token = peek()
    position += 1
    return token
  }
  const take = (text: string): Token | undefined => (isToken(peek(), text) ? next() : undefined)
  const unexpected = (token: Token, where: string): Error =>
    parseFault(source, token.at, `unexpected ${describe(token)}${where === '' ? '' : ` in ${where}`}`)
  return {
    source,
    peek,
    next,
    take,
    expect: (text, where) => {
      const found = take(text)
      if (found === undefined) {
        const { at } = peek()
        throw parseFault(source, at, `unexpected ${describe(peek())} in ${where}, expected "${text}"`)
      }
      return found
    },
    unexpected,
  }
}

export const isToken = (token: Token, text: string): boolean =>
  (token.kind === 'operator' && token.text === text) || (token.kind === 'name' && token.text.toLowerCase() === text)

function describe(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'end of input'
    case 'name':
      return `identifier "${token.text}"`
    case 'text':
      return `string ${JSON.stringify(token.text)}`
    case 'number':
      return `number "${token.text}"`
    case 'duration':
      return `duration "${token.text}"`
    case 'operator':
      return `"${token.text}"`
  }
}
