import { target } from '../src/command-line/arguments/target.ts'
import { why } from '../src/command-line/arguments/usual.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** Replace all pods of a workload as its strategy says. */
export default defineCommand({
  name: 'restart',
  synonyms: ['bounce', 'reload', 'redeploy'],
  summary: 'Replace all pods, one after another',
  action: 'restart',
  args: { target: target(), ...why },
  examples: ['restart web', 'restart sts/orders in shop on prod'],
  run: (order, { orders }) => orders.propose({ action: 'restart', ...order }),
})
