import type { ParseArgsConfig } from 'node:util'
import { parseArgs } from 'node:util'
import { nearNames } from '../near-names.ts'
import { CliError } from './problems.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** Options and other words of one command, typed by their declaration. Throws `CliError`. `most` bounds the other words. */
export function readWords<const Declared extends Options>(
  words: readonly string[],
  { command, options, most }: { readonly command: string; readonly options: Declared; readonly most: number },
) {
  const known = Object.keys(options).map((name) => `--${name}`)
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const { rawName: found, value } = token
    const declared = options[token.name]
    if (declared === undefined)
      throw new CliError({ code: 'cli_unknown_option', command, found, near: nearNames(found, known), known })
    if (declared.type === 'string' && value === undefined)
      throw new CliError({ code: 'cli_option_without_value', command, option: found })
    if (declared.type === 'boolean' && value !== undefined)
      throw new CliError({ code: 'cli_option_with_value', command, option: found })
  }
  if (positionals.length > most)
    throw new CliError({ code: 'cli_too_many_words', command, found: positionals.slice(most) })
  return parseArgs({ args: [...words], options, allowPositionals: true })
}

/** The first word as one of `known`. */
export function readVerb<Verb extends string>(
  words: readonly string[],
  { command, known }: { readonly command: string; readonly known: readonly Verb[] },
): { readonly verb: Verb; readonly rest: readonly string[] } {
  const [found, ...rest] = words
  if (found === undefined) throw new CliError({ code: 'cli_missing_word', command, known })
  const verb = known.find((each) => each === found)
  if (verb !== undefined) return { verb, rest }
  throw new CliError({ code: 'cli_unknown_word', command, found, near: nearNames(found, known), known })
}
