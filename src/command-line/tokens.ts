import type { CommandProblem } from './problems.ts'

/** A word, a quoted text, or a flag with what followed its `=`. `start` and `end` are offsets in the line, quotes and dashes included. */
export type Token =
  | { readonly kind: 'word' | 'quoted'; readonly text: string; readonly start: number; readonly end: number }
  | {
      readonly kind: 'flag'
      readonly name: string
      readonly value?: string
      readonly start: number
      readonly end: number
    }

type Tokens =
  | { readonly ok: true; readonly tokens: readonly Token[] }
  | { readonly ok: false; readonly problem: CommandProblem }

const dash = '[-\\u2010-\\u2015\\u2212]'
const flagShape = new RegExp(`^${dash}{1,3}(?=[A-Za-z])`)
const signShape = new RegExp(`^${dash}(?=\\d)`)
const flagBeforeQuote = new RegExp(`^${dash}{1,3}[A-Za-z][A-Za-z0-9-]*=$`)

/**
 * Splits a cleaned line at spaces. A quote opens at the start of a word or after a flag's `=`, and closes where a space or the
 * end follows, so `'it's fine'` is one text. In double quotes `\"` and `\\` stand for themselves, every other backslash stays.
 * Outside quotes: backticks go, wide letters become narrow, and any dash before a letter makes a flag (`—reason`).
 */
export function tokenize(line: string): Tokens {
  const tokens: Token[] = []
  let at = 0
  while (at < line.length) {
    if (line[at] === ' ' || line[at] === '`') {
      at += 1
      continue
    }
    const start = at
    let bare = ''
    let quoted: Quoted | undefined
    while (at < line.length && line[at] !== ' ') {
      const character = line.charAt(at)
      if ((character === '"' || character === "'") && (bare === '' || flagBeforeQuote.test(bare))) {
        quoted = readQuoted(line, at)
        if (quoted === undefined) {
          return { ok: false, problem: { code: 'command_unclosed_quote', quote: character, line, at, length: 1 } }
        }
        at = quoted.end
        break
      }
      if (character !== '`') bare += narrow(character)
      at += 1
    }
    tokens.push(token(bare, quoted?.text, { start, end: at }))
  }
  return { ok: true, tokens }
}

interface Quoted {
  readonly text: string
  readonly end: number
}

function readQuoted(line: string, start: number): Quoted | undefined {
  const quote = line.charAt(start)
  let text = ''
  for (let at = start + 1; at < line.length; at += 1) {
    const character = line.charAt(at)
    const next = line.charAt(at + 1)
    if (character === quote && (next === '' || next === ' ' || next === '`')) return { text, end: at + 1 }
    if (character === '\\' && quote === '"' && (next === '"' || next === '\\')) {
      text += next
      at += 1
    } else {
      text += character
    }
  }
  return undefined
}

function token(
  bare: string,
  quoted: string | undefined,
  place: { readonly start: number; readonly end: number },
): Token {
  if (bare === '' && quoted !== undefined) return { kind: 'quoted', text: quoted, ...place }
  const dashes = flagShape.exec(bare)
  if (dashes === null)
    return { kind: 'word', text: bare.replace(signShape, '-').replace(/[\u2010\u2011]/g, '-'), ...place }
  const equals = bare.indexOf('=')
  const typed = bare.slice(dashes[0].length, equals === -1 ? undefined : equals)
  // `-C` and `-c` may be two flags; a word never is.
  const name = typed.length === 1 ? typed : typed.toLowerCase()
  if (equals === -1) return { kind: 'flag', name, ...place }
  return { kind: 'flag', name, value: quoted ?? bare.slice(equals + 1), ...place }
}

/** Full-width letters, digits and signs, as Chinese and Japanese keyboards write them. */
function narrow(character: string): string {
  const code = character.charCodeAt(0)
  return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : character
}
