import { target } from '../src/command-line/arguments/target.ts'
import { audience } from '../src/command-line/arguments/usual.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** Earlier revisions of a workload, and what this bot did to it. */
export default defineCommand({
  name: 'history',
  aliases: ['revisions'],
  synonyms: ['rollout', 'changes', 'versions'],
  summary: 'Earlier revisions and changes of a workload',
  action: 'history',
  args: { target: target(), ...audience },
  examples: ['history web', 'history prod:shop/web'],
  run: ({ target }, { reads }) => reads.show({ read: 'history', target }),
})
