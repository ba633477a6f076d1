import { examineSlack } from '../../chat/slack/examination.ts'
import type { ChannelStanding } from '../../chat/slack/examination.ts'
import { slackProxy } from '../../chat/slack/proxy.ts'
import type { Clock } from '../../clock.ts'
import type { Config } from '../../config/config.ts'
import type { Check } from './check.ts'

/** Both tokens, the bot's scopes, and the channels that readback.yaml names. */
export async function checkSlack(
  { slack, outgoing, channels, alerts }: Config,
  clock: Clock,
): Promise<readonly Check[]> {
  if (slack === undefined) return [{ part: 'slack', state: 'bad', fact: { code: 'slack_absent' } }]
  const named = [...new Set([...channels.keys(), ...(alerts?.routes.map(({ channel }) => channel) ?? [])])]
  const found = await examineSlack({ ...slack, ...slackProxy(outgoing), clock, channels: named })
  const { bot, app } = found
  return [
    ...(bot.ok
      ? [
          {
            part: 'slack',
            state: 'good',
            fact: { code: 'slack_bot', team: bot.workspace.team, url: bot.workspace.url },
          } as const,
          {
            part: 'slack',
            state: bot.missingScopes.length === 0 ? 'good' : 'bad',
            fact: { code: 'slack_scopes', missing: bot.missingScopes },
          } as const,
        ]
      : [{ part: 'slack', state: 'bad', fact: { code: 'slack_bad', problem: bot.problem } } as const]),
    app.ok
      ? { part: 'slack', state: 'good', fact: { code: 'slack_app' } }
      : { part: 'slack', state: 'bad', fact: { code: 'slack_bad', problem: app.problem } },
    ...found.channels.map(checkChannel),
  ]
}

function checkChannel({ channel, standing, name, reason }: ChannelStanding): Check {
  const named = name === undefined ? {} : { name }
  switch (standing) {
    case 'member':
      return { part: 'channel', name: channel, state: 'good', fact: { code: 'channel_joined', ...named } }
    case 'stranger':
      return { part: 'channel', name: channel, state: 'bad', fact: { code: 'channel_strange', ...named } }
    case 'archived':
      return { part: 'channel', name: channel, state: 'bad', fact: { code: 'channel_archived', ...named } }
    case 'unknown':
      return { part: 'channel', name: channel, state: 'bad', fact: { code: 'channel_unknown', reason: reason ?? '' } }
  }
}
