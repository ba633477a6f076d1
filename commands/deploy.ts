import { option } from '../src/command-line/argument.ts'
import { image } from '../src/command-line/arguments/image.ts'
import { target } from '../src/command-line/arguments/target.ts'
import { why } from '../src/command-line/arguments/usual.ts'
import { container } from '../src/command-line/arguments/values.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** Put another image into a workload's pods. */
export default defineCommand({
  name: 'deploy',
  synonyms: ['release', 'ship', 'image', 'upgrade', 'update', 'set'],
  summary: 'Put another image into a workload',
  action: 'deploy',
  args: {
    target: target(),
    image: image(),
    container: option(container('which container, or “all” that run that repository'), { short: 'c' }),
    ...why,
  },
  examples: [
    'deploy web 1.5.0 to prod',
    'deploy shop/web registry.example/shop/web:1.5.0 --container app --reason "fix 1432"',
  ],
  form: 'deploy',
  run: (order, { orders }) => orders.propose({ action: 'deploy', ...order }),
})
