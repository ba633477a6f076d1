import { rest } from '../src/command-line/argument.ts'
import { duration } from '../src/command-line/arguments/moments.ts'
import { clusters, text } from '../src/command-line/arguments/values.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** What is to last longer belongs in the roles file, where it is reviewed. */
const longest = 30 * 86_400_000

/** Refuse changes on a cluster for a while. */
export default defineCommand({
  name: 'freeze',
  synonyms: ['lock', 'block'],
  summary: 'Refuse changes on a cluster for a while',
  action: 'freeze',
  args: {
    clusters: clusters('clusters or groups'),
    duration: duration('how long: 30m, 2h, 7d; at most 30d', longest),
    reason: rest(text('why; everybody who is refused reads it')),
  },
  examples: ['freeze prod 2h "incident 88"', 'freeze on test,prod for 30m network work'],
  run: ({ clusters, duration, reason }, { freezes }) => freezes.freeze({ clusters, lasting: duration, reason }),
})
