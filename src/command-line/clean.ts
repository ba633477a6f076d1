import type { BadCharacter, CommandProblem } from './problems.ts'

const limit = 4000
/** Escaping makes a text at most five times as long. */
const rawLimit = 5 * limit

/** Spaces of every width, and what shows nothing between words: zero-width space, word joiner, byte order mark, soft hyphen. */
const spaces = '\\u0009\\u0020\\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000'
const nothings = '\\u00AD\\u200B\\u2060\\uFEFF'
const spaceRun = new RegExp(`[${spaces}]`, 'g')
const nothingRun = new RegExp(`[${nothings}]`, 'g')
const outside = new RegExp(`[${spaces}${nothings}\\r\\n\`]`)

const escaped = /<([^<>|]+)(?:\|([^<>]*))?>|&(amp|lt|gt);/g
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' }

const bad: readonly { readonly what: BadCharacter; readonly shape: RegExp }[] = [
  { what: 'newline', shape: /[\n\r\u0085\u2028\u2029]/u },
  { what: 'control', shape: /(?!\t)\p{Cc}/u },
  { what: 'bidi', shape: /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u },
  { what: 'hidden', shape: /[\u180E\u2061-\u2065\u206A-\u206F\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/u },
  { what: 'half', shape: /\p{Cs}/u },
]

const anyBad = new RegExp(bad.map(({ shape }) => shape.source).join('|'), 'u')

/**
 * What somebody typed, from what a chat made of it: HTML entities (once), links that the chat put around names, labels of
 * mentions (`<@U1|ann>` stays as `<@U1>`), curly quotes, wide and invisible spaces, code fences around the whole.
 * Cleaning what was cleaned and escaped again changes nothing. Refuses what could hide or be a second line.
 */
export function clean(
  raw: string,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: CommandProblem } {
  if (raw.length > rawLimit) return tooLong(raw.length)
  const [start, end] = within(raw)
  const problem = badCharacter(raw, start, end)
  if (problem !== undefined) return { ok: false, problem }
  const plain = raw
    .slice(start, end)
    .replace(escaped, unescape)
    .replace(nothingRun, '')
    .replace(spaceRun, ' ')
    .replace(/[“”„‟＂]/g, '"')
    .replace(/[‘’‚‛＇]/g, "'")
  const text = plain.slice(...within(plain))
  return text.length > limit ? tooLong(text.length) : { ok: true, text }
}

function within(text: string): readonly [number, number] {
  let start = 0
  let end = text.length
  while (start < end && outside.test(text.charAt(start))) start += 1
  while (end > start && outside.test(text.charAt(end - 1))) end -= 1
  return [start, end]
}

function unescape(whole: string, ...groups: readonly (string | undefined)[]): string {
  const [inside, label, entity] = groups
  if (entity !== undefined) return entities[entity] ?? whole
  if (inside === undefined) return whole
  if (/^[@#]\w+$/.test(inside) || /^!subteam\^\w+$/.test(inside)) return `<${inside}>`
  if (/^![a-z]+$/.test(inside)) return `@${inside.slice(1)}`
  if (!/^(?:[a-z][a-z0-9+.-]{1,20}:|!)/i.test(inside)) return whole
  return (label ?? inside).replace(/&(amp|lt|gt);/g, (found, name: string) => entities[name] ?? found)
}

function badCharacter(raw: string, start: number, end: number): CommandProblem | undefined {
  const found = anyBad.exec(raw.slice(start, end))
  if (found === null) return undefined
  const [character] = found
  const at = start + found.index
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return {
    code: 'command_bad_character',
    character: `U+${code}`,
    what: bad.find(({ shape }) => shape.test(character))?.what ?? 'control',
    at,
    before: raw.slice(Math.max(start, at - 20), at),
  }
}

function tooLong(length: number): { readonly ok: false; readonly problem: CommandProblem } {
  return { ok: false, problem: { code: 'command_too_long', length, limit } }
}
