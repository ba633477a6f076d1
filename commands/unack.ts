import { optional } from '../src/command-line/argument.ts'
import { alertGroup } from '../src/command-line/arguments/alerts.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** Hand an alert back: nobody sees to it any more. */
export default defineCommand({
  name: 'unack',
  aliases: ['unacknowledge'],
  summary: 'Hand an alert back: nobody sees to it any more',
  action: 'ack',
  audience: 'person',
  args: { id: optional(alertGroup()) },
  examples: ['unack A-7F3K2', 'unack'],
  run: ({ id }, { alerts }) => alerts.unacknowledge(id),
})
