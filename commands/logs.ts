import { flag, option } from '../src/command-line/argument.ts'
import { lasting, lines, pods } from '../src/command-line/arguments/log-lines.ts'
import { since } from '../src/command-line/arguments/moments.ts'
import { workloads } from '../src/command-line/arguments/target.ts'
import { audience } from '../src/command-line/arguments/usual.ts'
import { count } from '../src/command-line/arguments/values.ts'
import { defineCommand } from '../src/command-line/command.ts'

/** The last lines of a workload's pods, or new ones as they come. */
export default defineCommand({
  name: 'logs',
  aliases: ['log'],
  synonyms: ['tail', 'stern'],
  summary: 'Read or follow the logs of workloads',
  action: 'logs',
  args: {
    target: workloads(),
    follow: flag({ about: 'new lines, as they come, in a thread', short: 'f' }),
    previous: flag({ about: 'of the containers before their last restart', short: 'p' }),
    since: option(since()),
    sinceTime: option(since('as --since, which wins')),
    tail: option(count({ min: 1, max: 10_000, about: 'how many of the last lines' })),
    ...lines,
    ...pods,
    for: lasting,
    ...audience,
  },
  exclusive: [['follow', 'previous']],
  examples: [
    'logs web',
    'logs web,api --follow --level warn --for 30m',
    'logs web --follow --grep timeout --since 15m',
    'logs prod:shop/web --previous --tail 50',
    'logs --namespace shop --selector app=web --container all',
  ],
  run: ({ follow, previous, for: length, sinceTime, ...asked }, { logs }) => {
    const question = { ...asked, since: asked.since ?? sinceTime }
    if (follow) return logs.follow({ ...question, lasting: length })
    return logs.show({ ...question, of: previous ? 'previous' : 'current' })
  },
})
