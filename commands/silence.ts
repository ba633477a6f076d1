import { rest } from '../src/command-line/argument.ts'
import { alertGroup } from '../src/command-line/arguments/alerts.ts'
import { duration } from '../src/command-line/arguments/moments.ts'
import { text } from '../src/command-line/arguments/values.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** Silence a group of alerts at the Alertmanager. */
export default defineCommand({
  name: 'silence',
  synonyms: ['mute', 'snooze'],
  summary: 'Silence a group of alerts at the Alertmanager',
  action: 'silence',
  audience: 'person',
  args: {
    id: alertGroup(),
    duration: duration('how long: 30m to 24h'),
    reason: rest(text('why; stands at the Alertmanager and on the card')),
  },
  examples: ['silence A-7F3K2 2h "disk is being replaced"'],
  run: ({ id, duration, reason }, { alerts }) => alerts.silence({ id, lasting: duration, reason }),
})
