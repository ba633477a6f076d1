import { replicas } from '../src/command-line/arguments/replicas.ts'
import { target } from '../src/command-line/arguments/target.ts'
import { why } from '../src/command-line/arguments/usual.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** Set how many replicas a workload runs. */
export default defineCommand({
  name: 'scale',
  synonyms: ['replicas', 'resize', 'autoscale'],
  summary: 'Set the number of replicas',
  action: 'scale',
  args: { target: target(), replicas: replicas(), ...why },
  examples: ['scale web 5', 'scale prod:shop/web +2', 'scale web to 4..12'],
  form: 'scale',
  run: (order, { orders }) => orders.propose({ action: 'scale', ...order }),
})
