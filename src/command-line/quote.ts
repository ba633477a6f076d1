import { words } from './argument.ts'

const bare = /^(?!-+[A-Za-z])[A-Za-z0-9_.:/@+,%#<>^!-]+$/

/** Text as one token of a line, in double quotes where it needs them. Tokenizing it gives the text back. */
export function quote(text: string): string {
  if (bare.test(text) && !words.includes(text)) return text
  return quoted(text)
}

/** The same, always in quotes. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
