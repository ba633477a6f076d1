import { stringify } from 'yaml'
import { createManifest } from '../chat/slack/manifest.ts'
import { en } from '../cards/texts/en.ts'
import { createCommandLine } from '../command-line/command-line.ts'
import { slashNamesOf } from '../command-line/slash-names.ts'
import type { CommandNames } from '../config/config.ts'
import { ConfigFile } from '../config/schema.ts'
import { commands } from '../../commands/index.ts'
import { readConfigFile } from './config-file.ts'
import type { ExitCode } from './run.ts'
import type { Terminal } from './terminal.ts'
import { json } from './terminal.ts'
import { readVerb, readWords } from './words.ts'

/** What a readback.yaml that names no commands means. */
const bare = ConfigFile.parse({ clusters: { test: { 'in-cluster': true, environment: 'test' } } })

/** `readback slack manifest`. */
export async function slack(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { rest } = readVerb(words, { command: 'readback slack', known: ['manifest'] })
  const options = { json: { type: 'boolean' }, name: { type: 'string', default: 'Readback' } } as const
  const { values } = readWords(rest, { command: 'readback slack manifest', options, most: 0 })
  const manifest = manifestFor(((await readConfigFile(terminal)) ?? bare).commands, values.name)
  terminal.out(values.json === true ? json(manifest) : stringify(manifest, { lineWidth: 0 }))
  return 0
}

/** The manifest with every slash command that the bot answers to, named as readback.yaml names them. */
export function manifestFor(names: CommandNames, name: string) {
  const commandLine = createCommandLine({ commands, slash: slashNamesOf(names) })
  return createManifest({
    name,
    description: en.terminal.slack.description,
    commands: commandLine.slashCommands().map(({ slash, help }) => ({
      command: slash,
      description: help?.summary ?? en.terminal.slack.main,
      // Without the verb, which the command's own name says.
      usage: help?.usage.split(' ').slice(1).join(' ') ?? en.terminal.slack.mainUsage,
    })),
  })
}
