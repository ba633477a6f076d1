import { examineSlack } from '../../chat/slack/examination.ts'
import type { ChannelStanding } from '../../chat/slack/examination.ts'
import { slackProxy } from '../../chat/slack/proxy.ts'
import type { Clock } from '../../time/clock.ts'
import type { Config } from '../../config/config.ts'
import { readVariables } from '../../config/environment.ts'
import type { Environment } from '../../config/environment.ts'
import type { Check } from './check.ts'

type SlackParts = Pick<Config, 'slack' | 'outgoing' | 'channels' | 'alerts'>

/** Both tokens, the bot's scopes, and the channels that readback.yaml names. */
export async function checkSlack(
  { slack, outgoing, channels, alerts }: SlackParts,
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

/** The tokens alone, where there is no configuration to go by. Nothing where they are not both there and right in form. */
export async function checkTokens(environment: Environment, clock: Clock): Promise<readonly Check[]> {
  const { settings } = readVariables(environment)
  const [botToken, appToken, apiUrl] = (['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_API_URL'] as const).map((name) =>
    settings.get(name),
  )
  const proxy = settings.get('HTTPS_PROXY')
  if (botToken === undefined || appToken === undefined || apiUrl === undefined) return []
  const outgoing = {
    httpsProxy: proxy === undefined ? undefined : new URL(proxy),
    noProxy: (settings.get('NO_PROXY') ?? '').split(/[\s,]+/).filter(Boolean),
    extraCa: undefined,
  }
  const slack = { botToken, appToken, apiUrl: apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/` }
  return checkSlack({ slack, outgoing, channels: new Map(), alerts: undefined }, clock)
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
