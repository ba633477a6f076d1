import { audience } from '../src/command-line/arguments/usual.ts'
import { defineCommand } from '../src/command-line/command.ts'
import { scope } from '../src/command-line/arguments/target.ts'

/** The groups of alerts that fire. */
export default defineCommand({
  name: 'alerts',
  aliases: ['alert'],
  synonyms: ['incidents', 'firing', 'alarms'],
  summary: 'What fires now, worst first',
  action: 'status',
  args: { scope: scope(), ...audience },
  examples: ['alerts', 'alerts on prod'],
  run: ({ scope }, { alerts }) => alerts.list(scope),
})
