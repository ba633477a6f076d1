import { clean } from './clean.ts'
import type { Command, Reading } from './command.ts'
import { complete, type Completion, type LiveNames } from './complete.ts'
import { helpOf, type CommandHelp } from './help.ts'
import type { CommandProblem } from './problems.ts'
import type { SlashNames } from './slash-names.ts'
import { suggestVerbs } from './suggest.ts'
import { tokenize, type Token } from './tokens.ts'

/** What was typed, as the chat sent it: after a slash command, or after a mention of the bot. */
export interface Typed {
  readonly slash?: string
  readonly text: string
  /** The workload that the thread is about, spelled as a target (`prod:shop/web`): stands in where the line names none. */
  readonly about?: string
}

export interface CommandLine {
  readonly commands: readonly Command[]
  /** What was meant, or why that cannot be said. Nothing typed reads as `help`; `--help` anywhere as help for that verb. */
  read(typed: Typed): Reading
  /** A canonical line back to its command: no chat in between, so nothing is cleaned. */
  readCanonical(line: string): Reading
  /** By name or alias, in any case. */
  find(verb: string): Command | undefined
  /** `verb` may be as typed, a slash command included. */
  help(
    verb: string,
  ): { readonly ok: true; readonly help: CommandHelp } | { readonly ok: false; readonly problem: CommandProblem }
  helpForAll(): readonly CommandHelp[]
  /** What the chat must be told of: the main command, which takes every verb, and each short form with its command. */
  slashCommands(): readonly { readonly slash: string; readonly help?: CommandHelp }[]
  complete(typed: string, names: LiveNames): Completion
}

/** Throws where two commands share a name or alias, or a short form names no command. */
export function createCommandLine({
  commands,
  slash,
}: {
  readonly commands: readonly Command[]
  readonly slash: SlashNames
}): CommandLine {
  const byName = indexOf(commands)
  const short = new Map(Object.entries(slash.short).map(([name, verb]) => [name.toLowerCase(), verb]))
  for (const [name, verb] of short)
    if (!byName.has(verb)) throw new Error(`${name} stands for ${verb}, which is no command`)

  const find = (verb: string): Command | undefined => {
    const word = verb.toLowerCase()
    return byName.get(short.get(word) ?? word)
  }

  function readLine(line: string, conversation: { readonly about?: string } = {}): Reading {
    const split = tokenize(line)
    if (!split.ok) return split
    const tokens = withoutMain(split.tokens)
    const [first, ...more] = tokens
    const verb = first === undefined ? 'help' : first.kind === 'flag' ? `--${first.name}` : first.text
    const command = find(verb) ?? (isHelpFlag(first) ? byName.get('help') : undefined)
    if (command === undefined) return { ok: false, problem: unknown(line, verb, first) }
    const help = byName.get('help')
    if (help !== undefined && asksForHelp(command, first, more))
      return help.read({ text: line, tokens: [{ kind: 'word', text: command.name, start: 0, end: 0 }] })
    return command.read({ text: line, tokens: more, ...conversation })
  }

  function withoutMain(tokens: readonly Token[]): readonly Token[] {
    const [first] = tokens
    return first?.kind === 'word' && first.text.toLowerCase() === slash.main.toLowerCase() ? tokens.slice(1) : tokens
  }

  function unknown(line: string, found: string, token: Token | undefined): CommandProblem {
    const { start = 0, end = line.length } = token ?? {}
    const verbs = commands.map(({ name }) => name)
    return {
      code: 'command_unknown',
      line,
      at: start,
      length: end - start,
      found,
      nearest: suggestVerbs(found, commands),
      verbs,
    }
  }

  return {
    commands,
    find,
    read({ slash: name, text, ...conversation }) {
      const cleaned = clean(text)
      if (!cleaned.ok) return cleaned
      // “@readback: status web” and “@readback, …” are how people address somebody.
      const line = name === undefined ? cleaned.text.replace(/^[:,：，] */, '') : `${name} ${cleaned.text}`.trimEnd()
      return readLine(line, conversation)
    },
    readCanonical: (line) => readLine(line),
    help(verb) {
      const command = find(verb)
      return command === undefined
        ? { ok: false, problem: unknown(verb, verb, undefined) }
        : { ok: true, help: helpOf(command) }
    },
    slashCommands: () => [
      { slash: slash.main },
      ...Object.entries(slash.short).flatMap(([name, verb]) => {
        const command = byName.get(verb)
        return command === undefined ? [] : [{ slash: name, help: helpOf(command) }]
      }),
    ],
    helpForAll: () => commands.map((command) => helpOf(command)),
    complete: (typed, names) => complete({ typed, names, commands, slash }),
  }
}

function asksForHelp(command: Command, first: Token | undefined, more: readonly Token[]): boolean {
  if (command.name === 'help') return false
  if (more.some(isHelpFlag)) return true
  const [only, second] = more
  const isShort = first?.kind === 'word' && first.text.startsWith('/')
  return isShort && second === undefined && only?.kind === 'word' && only.text === 'help'
}

function isHelpFlag(token: Token | undefined): boolean {
  return token?.kind === 'flag' && (token.name === 'help' || token.name === 'h')
}

function indexOf(commands: readonly Command[]): ReadonlyMap<string, Command> {
  const byName = new Map<string, Command>()
  for (const command of commands) {
    for (const name of [command.name, ...command.aliases]) {
      if (byName.has(name)) throw new Error(`two commands are called ${name}`)
      byName.set(name, command)
    }
  }
  return byName
}
