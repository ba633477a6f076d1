import { nearNames } from '../near-names.ts'
import type { CommandFacts } from './command.ts'

/** Up to three verbs that somebody who typed `found` may have meant: those tried for it by habit first, then those spelled like it. */
export function suggestVerbs(found: string, commands: readonly CommandFacts[]): readonly string[] {
  const word = found.toLowerCase().replace(/^\//, '')
  const meant = commands.filter(({ synonyms }) => synonyms.includes(word)).map(({ name }) => name)
  const spelled = nearNames(
    word,
    commands.flatMap(({ name, aliases }) => [name, ...aliases]),
  )
  const names = spelled.flatMap((near) =>
    commands.filter(({ name, aliases }) => name === near || aliases.includes(near)).map(({ name }) => name),
  )
  return [...new Set([...meant, ...names])].slice(0, 3)
}
