import { option } from '../src/command-line/argument.ts'
import { target } from '../src/command-line/arguments/target.ts'
import { why } from '../src/command-line/arguments/usual.ts'
import { count } from '../src/command-line/arguments/values.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** Put the pod template of an earlier revision back. */
export default defineCommand({
  name: 'rollback',
  synonyms: ['undo', 'revert', 'back'],
  summary: 'Go back to an earlier revision',
  action: 'rollback',
  args: {
    target: target(),
    toRevision: option(
      count({ min: 1, max: 2_147_483_647, about: 'which revision; without it, the one before', words: ['to'] }),
    ),
    ...why,
  },
  examples: ['rollback web', 'rollback web --to-revision 12', 'rollback web to 12 on prod'],
  form: 'rollback',
  run: (order, { orders }) => orders.propose({ action: 'rollback', ...order }),
})
