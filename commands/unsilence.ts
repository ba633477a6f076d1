import { optional } from '../src/command-line/argument.ts'
import { alertGroup } from '../src/command-line/arguments/alerts.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** End the silence of a group of alerts. */
export default defineCommand({
  name: 'unsilence',
  synonyms: ['unmute'],
  summary: 'End the silence of a group of alerts',
  action: 'silence',
  audience: 'person',
  args: { id: optional(alertGroup()) },
  examples: ['unsilence A-7F3K2', 'unsilence'],
  run: ({ id }, { alerts }) => alerts.unsilence(id),
})
