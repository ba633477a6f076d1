import { flag, option } from '../src/command-line/argument.ts'
import { since } from '../src/command-line/arguments/moments.ts'
import { regex } from '../src/command-line/arguments/regex.ts'
import { target } from '../src/command-line/arguments/target.ts'
import { audience } from '../src/command-line/arguments/usual.ts'
import { container, count } from '../src/command-line/arguments/values.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** The last lines of a workload's pods, or new ones as they come. */
export default defineCommand({
  name: 'logs',
  aliases: ['log'],
  synonyms: ['tail', 'stern'],
  summary: 'Read or follow the logs of a workload',
  action: 'logs',
  args: {
    target: target(),
    follow: flag({ about: 'new lines, as they come, in a thread', short: 'f' }),
    previous: flag({ about: 'of the containers before their last restart', short: 'p' }),
    since: option(since()),
    tail: option(count({ min: 1, max: 10_000, about: 'how many of the last lines' })),
    grep: option(regex('only lines that match this (RE2 syntax)')),
    container: option(container('which container'), { short: 'c' }),
    ...audience,
  },
  exclusive: [['follow', 'previous']],
  examples: ['logs web', 'logs web --follow --grep timeout --since 15m', 'logs prod:shop/web --previous --tail 50'],
  run: ({ follow, previous, target, container, grep, since, tail }, { logs }) => {
    const question = { target, container, grep, since, tail }
    return follow ? logs.follow(question) : logs.show({ ...question, of: previous ? 'previous' : 'current' })
  },
})
