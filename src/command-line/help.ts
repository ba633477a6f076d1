import type { Action } from '../policy/decision.ts'
import type { ArgumentKind } from './argument-kind.ts'
import type { Audience, CommandFacts } from './command.ts'
import type { FormName } from './context.ts'
import { slotsOf } from './slots.ts'

/** One argument or flag of a command, for people. */
export interface ArgumentHelp {
  /** With the verb, the key under which another language translates `about`. */
  readonly name: string
  readonly kind: ArgumentKind
  /** `IMAGE`, `--container CONTAINER`, `--follow`. */
  readonly usage: string
  /** `-f`. */
  readonly short?: string
  readonly required: boolean
  /** English. */
  readonly about: string
  /** Prepositions that say the same: `to`, `on`. */
  readonly words: readonly string[]
  readonly choices: readonly string[]
}

export interface CommandHelp {
  readonly name: string
  readonly aliases: readonly string[]
  /** English; another language translates it by `name`. */
  readonly summary: string
  readonly usage: string
  readonly action: Action | 'none'
  readonly audience: Audience
  readonly arguments: readonly ArgumentHelp[]
  readonly examples: readonly string[]
  readonly form?: FormName
}

/** All that help says of one command. Plain data, fit for JSON. */
export function helpOf(command: CommandFacts): CommandHelp {
  const { name, aliases, summary, usage, action, audience, examples, form } = command
  const shared = { name, aliases, summary, usage, action, audience, examples, arguments: argumentsOf(command) }
  return form === undefined ? shared : { ...shared, form }
}

function argumentsOf({ args }: CommandFacts): readonly ArgumentHelp[] {
  return slotsOf(args).map(({ name, side, short, named, required, words }) => {
    const argument = args[name]
    const about = side === undefined ? argument?.about : argument?.sides.find((flag) => flag.name === side)?.about
    return {
      name: named.name,
      kind: named.kind,
      usage: named.usage,
      ...(short === undefined ? {} : { short: `-${short}` }),
      required,
      about: about ?? '',
      words,
      choices: side === undefined ? (argument?.choices ?? []) : [],
    }
  })
}
