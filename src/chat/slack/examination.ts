import type { Clock } from '../../time/clock.ts'
import type { ChannelId } from '../identity.ts'
import type { SlackProblem } from './problems.ts'
import type { ProxySettings, Transport } from './transport.ts'
import type { Workspace } from './workspace.ts'
import { WebAPIPlatformError, WebClient } from '@slack/web-api'
import { z } from 'zod'
import { innermost } from './chat-errors.ts'
import { identify } from './identification.ts'
import { SlackStartError } from './problems.ts'
import { botScopes } from './manifest.ts'
import { boltLogger } from './slack-report.ts'
import { createTransport } from './transport.ts'

export interface SlackExamination {
  readonly bot:
    | { readonly ok: true; readonly workspace: Workspace; readonly missingScopes: readonly string[] }
    | { readonly ok: false; readonly problem: SlackProblem }
  /** The app-level token. */
  readonly app: { readonly ok: true } | { readonly ok: false; readonly problem: SlackProblem }
  readonly channels: readonly ChannelStanding[]
}

export interface ChannelStanding {
  readonly channel: ChannelId
  /** `unknown` with Slack's own word: no such channel, or a private one without the bot. */
  readonly standing: 'member' | 'stranger' | 'archived' | 'unknown'
  readonly name?: string
  readonly reason?: string
}

const Channel = z.object({
  name: z.string().optional(),
  is_member: z.boolean().optional(),
  is_archived: z.boolean().optional(),
})

/** Asks Slack about both tokens and some channels, without opening a socket: a bot that runs is not disturbed. */
export async function examineSlack(options: {
  readonly botToken: string
  readonly appToken: string
  readonly apiUrl: string
  readonly proxy?: ProxySettings
  readonly clock: Clock
  readonly channels: readonly ChannelId[]
}): Promise<SlackExamination> {
  const { botToken, appToken, clock } = options
  const transport = createTransport(options.proxy)
  try {
    const client = clientWith(botToken, options.apiUrl, transport)
    const [bot, app] = await Promise.all([
      lookAtBot(client, clock),
      lookAtApp(clientWith(appToken, options.apiUrl, transport)),
    ])
    const channels = bot.ok ? await Promise.all(options.channels.map((channel) => lookAtChannel(client, channel))) : []
    return { bot, app, channels }
  } finally {
    await transport.close()
  }
}

function clientWith(token: string, slackApiUrl: string, transport: Transport): WebClient {
  const logger = boltLogger(() => {})
  return new WebClient(token, {
    slackApiUrl,
    retryConfig: { retries: 0 },
    timeout: 10_000,
    rejectRateLimitedCalls: true,
    fetch: transport.fetch,
    logger,
  })
}

async function lookAtBot(client: WebClient, clock: Clock): Promise<SlackExamination['bot']> {
  try {
    const workspace = await identify(client, clock)
    const { scopes } = workspace
    return {
      ok: true,
      workspace,
      missingScopes: scopes.length === 0 ? [] : botScopes.filter((scope) => !scopes.includes(scope)),
    }
  } catch (error) {
    return { ok: false, problem: problemOf(error, 'bot') }
  }
}

async function lookAtApp(client: WebClient): Promise<SlackExamination['app']> {
  try {
    await client.apps.connections.open({})
    return { ok: true }
  } catch (error) {
    return { ok: false, problem: problemOf(error, 'app') }
  }
}

async function lookAtChannel(client: WebClient, channel: ChannelId): Promise<ChannelStanding> {
  try {
    const answer = await client.conversations.info({ channel })
    const { name, is_member, is_archived } = Channel.parse(answer.channel)
    const standing = is_archived === true ? 'archived' : is_member === true ? 'member' : 'stranger'
    return { channel, standing, ...(name === undefined ? {} : { name }) }
  } catch (error) {
    return {
      channel,
      standing: 'unknown',
      reason: error instanceof WebAPIPlatformError ? error.data.error : String(error),
    }
  }
}

function problemOf(error: unknown, token: 'bot' | 'app'): SlackProblem {
  if (error instanceof SlackStartError) return error.problem
  if (error instanceof WebAPIPlatformError) return { code: 'slack_token_refused', token, reason: error.data.error }
  return { code: 'slack_unreachable', detail: innermost(error) }
}
