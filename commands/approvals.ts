import { scope } from '../src/command-line/arguments/target.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** What waits for somebody's approval. */
export default defineCommand({
  name: 'approvals',
  synonyms: ['pending', 'waiting', 'requests'],
  summary: 'What waits for approval, and whose',
  action: 'none',
  audience: 'person',
  args: { scope: scope() },
  examples: ['approvals', 'approvals on prod'],
  run: ({ scope }, { approvals }) => approvals.list(scope),
})
