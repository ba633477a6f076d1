const longest = 300

/** A pattern that can be compiled: not empty, of bounded length, without blanks. */
export function isPattern(text: string): boolean {
  return text.length > 0 && text.length <= longest && !/\s/.test(text)
}

export type Matcher = (text: string) => boolean

/** `*` is any run of characters but `/`, `**` any run, everything else itself. Time grows with pattern × text, never more. */
export function compilePattern(pattern: string): Matcher {
  const star = pattern.indexOf('*')
  if (star === -1) return (text) => text === pattern
  const prefix = pattern.slice(0, star)
  const rest = pattern.slice(star)
  if (rest === '**') return (text) => text.startsWith(prefix)
  if (rest === '*') return (text) => text.startsWith(prefix) && !text.includes('/', prefix.length)
  const tokens = tokenize(rest)
  return (text) => text.startsWith(prefix) && run(tokens, text, prefix.length)
}

/** Any of the patterns. */
export function compilePatterns(patterns: readonly string[]): Matcher {
  const [only, ...others] = patterns
  if (only !== undefined && others.length === 0) return compilePattern(only)
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')))
  const wild = patterns.filter((pattern) => pattern.includes('*')).map(compilePattern)
  if (wild.length === 0) return (text) => exact.has(text)
  return (text) => exact.has(text) || wild.some((matches) => matches(text))
}

/** One character, `*` or `**` a token. */
function tokenize(pattern: string): readonly string[] {
  return pattern.match(/\*{2,}|./gsu)?.map((token) => (token.length > 1 && token.startsWith('**') ? '**' : token)) ?? []
}

/** Walks all ways through the pattern side by side, so that no text makes it try again from the start. */
function run(tokens: readonly string[], text: string, from: number): boolean {
  let here = settle(tokens, new Uint8Array(tokens.length + 1).fill(1, 0, 1))
  for (const character of text.slice(from)) {
    const next = new Uint8Array(tokens.length + 1)
    for (const [index, token] of tokens.entries()) {
      if (here[index] !== 1) continue
      if (token === '**' || (token === '*' && character !== '/')) next[index] = 1
      else if (token === character) next[index + 1] = 1
    }
    here = settle(tokens, next)
  }
  return here[tokens.length] === 1
}

/** A star may also stand for nothing. */
function settle(tokens: readonly string[], states: Uint8Array): Uint8Array {
  for (const [index, token] of tokens.entries()) {
    if (states[index] === 1 && (token === '*' || token === '**')) states[index + 1] = 1
  }
  return states
}
