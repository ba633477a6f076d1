import { optional } from '../src/command-line/argument.ts'
import { alertGroup } from '../src/command-line/arguments/alerts.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** Take an alert on, so that nobody else is called. */
export default defineCommand({
  name: 'ack',
  aliases: ['acknowledge'],
  synonyms: ['take', 'mine'],
  summary: 'Take an alert on, so that nobody else is called',
  action: 'ack',
  audience: 'person',
  args: { id: optional(alertGroup()) },
  examples: ['ack A-7F3K2', 'ack'],
  run: ({ id }, { alerts }) => alerts.acknowledge(id),
})
