import type { Clock } from '../../time/clock.ts'
import type { Chat } from '../chat.ts'
import type { ChannelId, People } from '../identity.ts'
import type { Incoming, Keep, Receive } from '../incoming.ts'
import type { Intake } from './intake.ts'
import type { SlackProblem } from './problems.ts'
import type { News } from './routes.ts'
import type { ReportSlack } from './slack-report.ts'
import type { SocketLine } from './socket-line.ts'
import type { ProxySettings } from './transport.ts'
import type { Workspace } from './workspace.ts'
import { App } from '@slack/bolt'
import { WebClient } from '@slack/web-api'
import { ChannelId as Channel } from '../identity.ts'
import { createChannels } from './channels.ts'
import { identify } from './identification.ts'
import { createIntake } from './intake.ts'
import { acknowledgeEventsLast } from './late-ack.ts'
import { createPeople } from './people.ts'
import { SlackStartError } from './problems.ts'
import { routePayloads } from './routes.ts'
import { createSlackChat } from './slack-chat.ts'
import { boltLogger } from './slack-report.ts'
import { createSocketLine } from './socket-line.ts'
import { openLink } from './socket-link.ts'
import { createTransport } from './transport.ts'

export interface SlackOptions {
  readonly botToken: string
  readonly appToken: string
  /** Where the Web API is; Slack's own by default. The socket's address comes from there. */
  readonly apiUrl?: string
  readonly proxy?: ProxySettings
  readonly clock: Clock
  readonly report: ReportSlack
  /** After the start: Slack refuses us for good (token revoked, Socket Mode off). The process should end with this problem. */
  readonly onFatal: (problem: SlackProblem) => void
}

/** How alive the connection is: `/readyz` wants a line with a frame within the last 15 s. */
export interface SlackHealth {
  /** Epoch ms of the last frame of each line, pongs included; undefined: not connected. */
  readonly lastFrames: readonly (number | undefined)[]
  readonly fatal: SlackProblem | undefined
}

export interface Slack {
  readonly chat: Chat
  readonly people: People
  /** Resolves once a socket is open. Throws `SlackStartError`; nothing runs then. */
  start(receive: Receive, keep?: Keep): Promise<Workspace>
  /** Hands over what was kept and never answered, as if it arrived now. */
  again(incoming: Incoming): Promise<void>
  /** Leaves the sockets, so that no more work comes, then waits for what is under way, at most `graceMs`. Messages can still be posted. */
  rest(graceMs?: number): Promise<void>
  /** The same for good. */
  stop(graceMs?: number): Promise<void>
  health(): SlackHealth
  /** Whether another company reads in that channel, or may: unknown counts as that. */
  isShared(channel: ChannelId): Promise<boolean>
  /** The bot was invited to a channel. Returns the end of listening. */
  onJoined(listener: (channel: ChannelId) => void): () => void
}

const slackApi = 'https://slack.com/api/'
const callTimeoutMs = 10_000
/** Slack renews connections every few hours; two lines lose nothing meanwhile. */
const lineCount = 2

/** Where what arrives is stored, and then handled. */
interface Door {
  readonly receive: Receive
  readonly keep: Keep
}

/** The chat ports over Slack's Web API and Socket Mode, on Bolt. */
export function createSlack(options: SlackOptions): Slack {
  const { botToken, appToken, apiUrl = slackApi, clock, report } = options
  const transport = createTransport(options.proxy)
  // The outbox decides what is tried again and when. The SDK writes into such objects: nobody shares one.
  const clientOptions = () => ({
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    timeout: callTimeoutMs,
    rejectRateLimitedCalls: true,
    fetch: transport.fetch,
    logger: boltLogger(report),
  })
  const client = new WebClient(botToken, clientOptions())
  let workspace: Workspace | undefined
  const ours = (): Workspace => {
    if (workspace === undefined) throw new SlackStartError({ code: 'slack_unexpected', detail: 'not started' })
    return workspace
  }
  const people = createPeople({ client, clock, workspace: ours })
  const channels = createChannels({ client, clock, report })
  const joined = new Set<(channel: ChannelId) => void>()
  let lines: readonly SocketLine[] = []
  let intake: Intake | undefined
  let fatal: SlackProblem | undefined

  function onNews(news: News): void {
    switch (news.type) {
      case 'subteam_members_changed':
        return people.forgetGroup(news.subteam_id)
      case 'subteam_updated':
        return people.forgetGroup(news.subteam.id)
      case 'channel_shared':
      case 'channel_unshared':
        return channels.forget(news.channel)
      case 'app_rate_limited':
        return report({ level: 'error', what: 'events_rate_limited' })
      case 'member_joined_channel': {
        const channel = Channel.safeParse(news.channel)
        if (news.user === workspace?.bot && channel.success) for (const listener of joined) listener(channel.data)
      }
    }
  }

  async function openApp({ receive, keep }: Door, found: Workspace): Promise<App> {
    const app = new App({
      token: botToken,
      botId: found.botId,
      botUserId: found.bot,
      tokenVerificationEnabled: false,
      deferInitialization: true,
      convoStore: false,
      clientOptions: clientOptions(),
      logger: boltLogger(report),
      // The lines below bring payloads in; Bolt's own receivers would reconnect by themselves.
      receiver: { init: () => {}, start: async () => {}, stop: async () => {} },
    })
    app.error(async (error) => report({ level: 'error', what: 'listener_failed', detail: String(error) }))
    await app.init()
    acknowledgeEventsLast(app)
    intake = createIntake({ keep, receive, channels, clock, report })
    routePayloads(app, { intake, workspace: found, clock, report, onNews })
    return app
  }

  function openLines(app: App): Promise<void> {
    return new Promise((resolve, reject) => {
      let up = false
      const onUp = (): void => {
        up = true
        resolve()
      }
      const onFinal = (problem: SlackProblem): void => {
        fatal = problem
        if (up) options.onFatal(problem)
        else reject(new SlackStartError(problem))
      }
      lines = Array.from({ length: lineCount }, () =>
        createSocketLine({
          open: (events) => openLink({ app, appToken, apiUrl, transport, clock, report }, events),
          clock,
          report,
          onUp,
          onFinal,
        }),
      )
      for (const line of lines) line.start()
    })
  }

  const closeLines = async (): Promise<void> => {
    await Promise.all(lines.map((line) => line.stop()))
    lines = []
  }

  const rest = async (graceMs = 15_000): Promise<void> => {
    await closeLines()
    const left = (await intake?.drain(graceMs)) ?? 0
    if (left > 0) report({ level: 'warn', what: 'left_under_way', detail: String(left) })
  }

  return {
    chat: createSlackChat({ client, transport, workspace: ours, clock, report }),
    people,
    start: async (receive, keep = async () => true) => {
      try {
        workspace = await identify(client, clock)
        await openLines(await openApp({ receive, keep }, workspace))
        return workspace
      } catch (error) {
        await closeLines()
        await transport.close()
        throw error
      }
    },
    rest,
    stop: async (graceMs) => {
      await rest(graceMs)
      await transport.close()
    },
    again: async (incoming) => void (await intake?.take(incoming)),
    health: () => ({ lastFrames: lines.map((line) => line.lastFrameAt()), fatal }),
    isShared: async (channel) => (await channels.complete({ channel, kind: 'channel' })).kind === 'shared',
    onJoined: (listener) => {
      joined.add(listener)
      return () => joined.delete(listener)
    },
  }
}
