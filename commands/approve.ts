import { optional, rest } from '../src/command-line/argument.ts'
import { operation, text } from '../src/command-line/arguments/values.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** See a waiting plan, with the button that approves it: nobody approves what they have not seen. */
export default defineCommand({
  name: 'approve',
  synonyms: ['accept', 'lgtm', 'ok', 'yes'],
  summary: 'See a waiting plan and approve it',
  action: 'none',
  audience: 'person',
  args: { id: operation(), reason: optional(rest(text('why'))) },
  examples: ['approve 7F3K'],
  run: ({ id, reason }, { approvals }) => approvals.approve(id, reason),
})
