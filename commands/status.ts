import { scope } from '../src/command-line/arguments/target.ts'
import { audience } from '../src/command-line/arguments/usual.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** How a workload is, or a namespace, or everything on all clusters. */
export default defineCommand({
  name: 'status',
  synonyms: ['get', 'describe', 'pods', 'ps', 'top', 'show', 'list'],
  summary: 'How a workload is, or everything',
  action: 'status',
  args: { scope: scope(), ...audience },
  examples: ['status', 'status web', 'status in shop on prod', 'status web --cluster test,prod'],
  run: ({ scope }, { reads }) => reads.show({ read: 'status', scope }),
})
