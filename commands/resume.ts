import { target } from '../src/command-line/arguments/target.ts'
import { why } from '../src/command-line/arguments/usual.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** Let a paused rollout go on. */
export default defineCommand({
  name: 'resume',
  synonyms: ['unpause', 'continue'],
  summary: 'Let a paused rollout go on',
  action: 'resume',
  args: { target: target(), ...why },
  examples: ['resume web', 'resume sts/orders in shop on prod'],
  run: (order, { orders }) => orders.propose({ action: 'resume', ...order }),
})
