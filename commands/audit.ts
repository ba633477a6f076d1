import { option } from '../src/command-line/argument.ts'
import { action } from '../src/command-line/arguments/actions.ts'
import { since } from '../src/command-line/arguments/moments.ts'
import { scope } from '../src/command-line/arguments/target.ts'
import { operation, person } from '../src/command-line/arguments/values.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** Who did what, from the audit trail. */
export default defineCommand({
  name: 'audit',
  synonyms: ['trail', 'who'],
  summary: 'Who did what, from the audit trail',
  action: 'audit',
  audience: 'person',
  args: {
    scope: scope('a workload; without one, everything'),
    by: option(person('somebody, by mention')),
    action: option(action('only this action')),
    operation: option(operation('only this operation')),
    since: option(since()),
  },
  examples: ['audit', 'audit --by <@U0ANN> --since 7d', 'audit prod:shop/web --action deploy'],
  run: (filters, { reads }) => reads.show({ read: 'audit', filters }),
})
