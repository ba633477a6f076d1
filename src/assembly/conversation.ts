import { digestCards } from '../cards/digest.ts'
import type { TextsChoice } from '../cards/texts/choose.ts'
import { maskedChat } from '../chat/masked-chat.ts'
import type { Chat } from '../chat/chat.ts'
import type { ChannelId, People } from '../chat/identity.ts'
import type { Receive } from '../chat/incoming.ts'
import { createOutbox } from '../chat/outbox/outbox.ts'
import type { Outbox } from '../chat/outbox/outbox.ts'
import type { PaceSettings } from '../chat/outbox/pace.ts'
import type { SlackProblem } from '../chat/slack/problems.ts'
import { slackProxy } from '../chat/slack/proxy.ts'
import { createSlack } from '../chat/slack/slack.ts'
import type { Workspace } from '../chat/slack/workspace.ts'
import type { Config, SlackConfig } from '../config/config.ts'
import type { Log } from '../log.ts'
import { createInbox } from '../reception/inbox.ts'
import type { Inbox } from '../reception/inbox.ts'
import type { Clock } from '../time/clock.ts'
import type { Foundation } from './foundation.ts'
import { createFront } from './front.ts'

/** The chat from the bot's side: what comes in is on disk before it is acknowledged, what goes out before it is sent. */
export interface Conversation {
  readonly workspace: Workspace
  readonly people: People
  readonly chat: Chat
  readonly outbox: Outbox
  readonly inbox: Inbox
  /** Epoch ms of the last sign of life on any line; undefined: not connected. */
  readonly lastFrame: () => number | undefined
  /** Whether another company reads in that channel. */
  readonly isShared: (channel: ChannelId) => Promise<boolean>
  /** Lets in what waited, what was left by an earlier process, and all that comes. */
  open(receive: Receive): void
  /** Takes nothing more and waits for what is under way. Messages can still be posted. */
  rest(): Promise<void>
  close(): Promise<void>
}

/** Connects. Throws `SlackStartError`; what came in before `open` waits. */
export async function openConversation(
  config: Pick<Config, 'outgoing'> & { readonly slack: SlackConfig },
  { store, turn, presence }: Pick<Foundation, 'store' | 'turn' | 'presence'>,
  parts: {
    readonly clock: Clock
    readonly log: Log
    readonly mask: (text: string) => string
    readonly pace?: PaceSettings
    readonly texts: TextsChoice
    readonly onFatal: (problem: SlackProblem) => void
    readonly report: (error: unknown, about: string) => string
  },
): Promise<Conversation> {
  const { clock, log, mask, pace, texts, onFatal, report } = parts
  const slack = createSlack({
    ...config.slack,
    ...slackProxy(config.outgoing),
    clock,
    report: ({ level, what, detail }) => log[level]({ detail }, `slack: ${what}`),
    onFatal,
  })
  const front = createFront()
  const inbox = createInbox({ store, clock, turn, presence, report })
  const workspace = await slack.start(front.receive, inbox.keep)
  const chat = maskedChat(slack.chat, mask)
  const outbox = createOutbox({
    store,
    chat,
    clock,
    turn,
    digest: digestCards(texts),
    report,
    ...(pace ? { pace } : {}),
  })
  slack.onJoined((channel) => outbox.wake(channel))
  return {
    workspace,
    people: slack.people,
    chat,
    outbox,
    inbox,
    lastFrame: () =>
      slack.health().lastFrames.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined),
    isShared: (channel) => slack.isShared(channel),
    open: (receive) => {
      front.open(receive)
      inbox.start(slack.again)
    },
    rest: async () => {
      await inbox.stop()
      await slack.rest()
    },
    close: () => slack.stop(0),
  }
}
