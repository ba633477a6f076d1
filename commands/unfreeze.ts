import { optional, rest } from '../src/command-line/argument.ts'
import { clusters, text } from '../src/command-line/arguments/values.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** End a freeze that was made from the chat. */
export default defineCommand({
  name: 'unfreeze',
  synonyms: ['unlock', 'thaw'],
  summary: 'End a freeze that was made here',
  action: 'freeze',
  args: { clusters: clusters('clusters or groups'), reason: optional(rest(text('why'))) },
  examples: ['unfreeze prod'],
  run: ({ clusters, reason }, { freezes }) => freezes.unfreeze({ clusters, reason }),
})
