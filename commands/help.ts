import { optional } from '../src/command-line/argument.ts'
import { text } from '../src/command-line/arguments/values.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** What can be typed. */
export default defineCommand({
  name: 'help',
  aliases: ['?'],
  synonyms: ['usage', 'commands', 'man'],
  summary: 'What I can do, or how one command is typed',
  action: 'none',
  audience: 'person',
  args: { verb: optional(text('a command')) },
  examples: ['help', 'help deploy'],
  run: ({ verb }, { self }) => self.help(verb),
})
