import { target } from '../src/command-line/arguments/target.ts'
import { why } from '../src/command-line/arguments/usual.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** Hold a rollout: changes are stored, pods stay. */
export default defineCommand({
  name: 'pause',
  synonyms: ['hold'],
  summary: 'Hold a rollout where it is',
  action: 'pause',
  args: { target: target(), ...why },
  examples: ['pause web', 'pause sts/orders in shop on prod'],
  run: (order, { orders }) => orders.propose({ action: 'pause', ...order }),
})
