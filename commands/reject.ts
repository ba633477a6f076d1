import { rest } from '../src/command-line/argument.ts'
import { operation, text } from '../src/command-line/arguments/values.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** End an operation that waits for approval. */
export default defineCommand({
  name: 'reject',
  synonyms: ['deny', 'refuse', 'no', 'decline'],
  summary: 'Refuse an operation that waits for approval',
  action: 'none',
  audience: 'person',
  args: { id: operation(), reason: rest(text('why; the requester reads it')) },
  examples: ['reject 7F3K "not today"'],
  run: ({ id, reason }, { approvals }) => approvals.reject(id, reason),
})
