import { option } from '../src/command-line/argument.ts'
import { since } from '../src/command-line/arguments/moments.ts'
import { scope } from '../src/command-line/arguments/target.ts'
import { audience } from '../src/command-line/arguments/usual.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** What Kubernetes reported about a workload or a namespace. */
export default defineCommand({
  name: 'events',
  aliases: ['event'],
  summary: 'What Kubernetes reported lately',
  action: 'events',
  args: { scope: scope('a workload; without one, the whole namespace'), since: option(since()), ...audience },
  examples: ['events web', 'events in shop on prod --since 30m'],
  run: ({ scope, since }, { reads }) => reads.show({ read: 'events', scope, since }),
})
