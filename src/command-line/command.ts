import type { Action } from '../policy/decision.ts'
import type { Arguments, Found, Values } from './argument.ts'
import type { Filled } from './complaints.ts'
import type { Context, FormName } from './context.ts'
import { parse } from './parse.ts'
import type { CommandProblem } from './problems.ts'
import { quote, quoted } from './quote.ts'
import { slotsOf, usageOf, type Slot } from './slots.ts'
import type { Token } from './tokens.ts'

/** Who sees the answer: the person alone, or the channel. */
export type Audience = 'person' | 'channel'

/** What a command says of itself; help, completion, usage errors and the docs are made of this. */
export interface CommandFacts {
  readonly name: string
  /** Other names that do the same. */
  readonly aliases: readonly string[]
  /** Words that people try instead: suggested, never accepted. */
  readonly synonyms: readonly string[]
  /** English, at most 60 characters; other languages translate by name. */
  readonly summary: string
  /** What the policy is asked about; `none` where everybody may. */
  readonly action: Action | 'none'
  readonly audience: Audience
  readonly args: Arguments
  readonly examples: readonly [string, ...string[]]
  /** Flags, by argument name, that contradict each other. */
  readonly exclusive: readonly (readonly [string, string])[]
  /** The form that opens where nothing but the verb was typed. */
  readonly form?: FormName
  readonly usage: string
}

/** A command that was understood. */
export interface TypedCommand {
  readonly verb: string
  readonly action: Action | 'none'
  readonly audience: Audience
  /** What was understood, as one line that reads back to the same command. Foreign text may be in it. */
  readonly canonical: string
  /** Says to the ports what was ordered, and hands back their answer. */
  run<Answer>(context: Context<Answer>): Promise<Answer>
}

export type Reading =
  | { readonly ok: true; readonly command: TypedCommand }
  | { readonly ok: false; readonly problem: CommandProblem }

/** What a command reads: `text` is the whole cleaned line, `tokens` those after the verb. */
export interface Line {
  readonly text: string
  readonly tokens: readonly Token[]
  /** The workload that the conversation is about, as a target's text. */
  readonly about?: string
}

export interface Command extends CommandFacts {
  read(line: Line): Reading
}

interface Declaration<Args extends Arguments>
  extends
    Pick<CommandFacts, 'name' | 'summary' | 'action' | 'examples'>,
    Partial<Pick<CommandFacts, 'aliases' | 'synonyms' | 'audience' | 'form'>> {
  readonly args: Args
  readonly exclusive?: readonly (readonly [keyof Args & string, keyof Args & string])[]
  run<Answer>(values: Values<Args>, context: Context<Answer>): Promise<Answer>
}

/** A command from its declaration. Positional arguments are filled in the order in which they stand there. */
export function defineCommand<const Args extends Arguments>(declaration: Declaration<Args>): Command {
  const { name: verb, args } = declaration
  const slots = slotsOf(args)
  const facts: CommandFacts = {
    aliases: [],
    synonyms: [],
    audience: 'channel',
    exclusive: [],
    ...declaration,
    usage: usageOf(verb, args),
  }
  const { usage, action, form } = facts

  function read({ text: line, tokens, ...conversation }: Line): Reading {
    if (form !== undefined && tokens.length === 0) {
      const { about } = conversation
      const prefill = about === undefined ? {} : { target: about }
      const run: TypedCommand['run'] = (context) => context.forms.open(form, prefill)
      return { ok: true, command: { verb, action, audience: 'person', canonical: verb, run } }
    }
    const parsed = parse({ verb, usage, line, tokens, slots, ...conversation, form: form !== undefined })
    if (!parsed.ok) return parsed
    const clash = facts.exclusive.find((names) => names.every((name) => isGiven(parsed.given, name)))
    if (clash !== undefined) {
      const flags = slots
        .filter(({ name, side }) => side === undefined && clash.includes(name))
        .map(({ flag }) => `--${flag}`)
      return { ok: false, problem: { code: 'command_exclusive', verb, usage, line, at: 0, length: line.length, flags } }
    }
    const values: Record<string, unknown> = {}
    const said: Record<string, Found> = {}
    for (const [name, argument] of Object.entries(args)) {
      const found = foundOf(parsed.given, name)
      const result = argument.read(found)
      if (!result.ok) {
        const place = [...parsed.given.values()].find(({ slot }) => slot.name === name && slot.side === result.side)
        const slot = place?.slot ?? slots.find((candidate) => candidate.name === name)
        if (slot === undefined) throw new Error(`no slot ${name}`)
        const { text = '', start = line.length, end = line.length } = place ?? {}
        const spot = { line, at: start, length: end - start }
        return {
          ok: false,
          problem: {
            code: 'command_bad_value',
            verb,
            usage,
            ...spot,
            argument: slot.named,
            found: text,
            fault: result.fault,
          },
        }
      }
      values[name] = result.value
      said[name] = result.canonical
    }
    if (!isComplete(args, values)) throw new Error(`${verb} lacks a value`)
    const audience = values['private'] === true ? 'person' : facts.audience
    const run: TypedCommand['run'] = (context) => declaration.run(values, context)
    return { ok: true, command: { verb, action, audience, canonical: canonical(verb, slots, said), run } }
  }

  return { ...facts, read }
}

function isGiven(given: Filled, name: string): boolean {
  return [...given.keys()].some((slot) => slot.name === name && slot.side === undefined)
}

function foundOf(given: Filled, name: string): Found {
  const mine = [...given.values()].filter(({ slot }) => slot.name === name)
  return {
    own: mine.find(({ slot }) => slot.side === undefined)?.text,
    sides: Object.fromEntries(mine.flatMap(({ slot, text }) => (slot.side === undefined ? [] : [[slot.side, text]]))),
  }
}

function isComplete<Args extends Arguments>(
  args: Args,
  values: Record<string, unknown>,
): values is Values<Args> & Record<string, unknown> {
  return Object.keys(args).every((name) => name in values)
}

/** Words first, then flags, each in the order of the declaration. */
function canonical(verb: string, slots: readonly Slot[], said: Readonly<Record<string, Found>>): string {
  const ordered: string[] = []
  const flags: string[] = []
  for (const { name, side, flag, takes } of slots) {
    const text = side === undefined ? said[name]?.own : said[name]?.sides[side]
    if (text === undefined) continue
    if (takes === 'positional') ordered.push(quote(text))
    else if (takes === 'rest') ordered.push(quoted(text))
    else flags.push(takes === 'switch' ? `--${flag}` : `--${flag} ${quote(text)}`)
  }
  return [verb, ...ordered, ...flags].join(' ')
}
