import { optional, rest } from '../src/command-line/argument.ts'
import { operation, text } from '../src/command-line/arguments/values.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** End an operation that has not begun to change anything. */
export default defineCommand({
  name: 'cancel',
  synonyms: ['stop', 'abort', 'withdraw'],
  summary: 'Withdraw an operation that still waits',
  action: 'cancel',
  args: { id: operation(), reason: optional(rest(text('why'))) },
  examples: ['cancel 7F3K', 'cancel 7F3K "wrong version"'],
  run: ({ id, reason }, { operations }) => operations.cancel(id, reason),
})
