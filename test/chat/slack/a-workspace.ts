import type { Clock } from '../../../src/time/clock.ts'
import type { FormErrors, Incoming } from '../../../src/chat/incoming.ts'
import type { SlackProblem } from '../../../src/chat/slack/problems.ts'
import type { Slack } from '../../../src/chat/slack/slack.ts'
import type { SlackReport } from '../../../src/chat/slack/slack-report.ts'
import type { SlackServer } from '../../../src/sandbox/slack/server.ts'
import type { WorldSeed } from '../../../src/sandbox/slack/world/seed.ts'
import { systemClock } from '../../../src/time/clock.ts'
import { createSlack } from '../../../src/chat/slack/slack.ts'
import { createSlackServer } from '../../../src/sandbox/slack/server.ts'
import { worldFrom } from '../../../src/sandbox/slack/world/seed.ts'

const bot = 'U0READBACK'

function aWorld(more: WorldSeed) {
  return worldFrom({
    foreignTeams: [{ id: 'T0OTHER', name: 'Other', domain: 'other', plan: 'paid' }],
    commands: [{ command: '/ops' }, { command: '/deploy' }],
    people: [
      { id: 'U0ANN', name: 'ann', locale: 'en-GB', zone: 'Europe/London' },
      { id: 'U0BO', name: 'bo' },
      { id: 'U0GUEST', name: 'guest', kind: 'guest' },
      { id: 'U0FLOW', name: 'flow', kind: 'workflow' },
      { id: 'U0GONE', name: 'gone', deactivated: true },
      { id: 'U0FAR', name: 'far', team: 'T0OTHER' },
    ],
    groups: [{ id: 'S0SRE', handle: 'sre', members: ['U0BO'] }],
    channels: [
      { id: 'C0OPS', name: 'ops', members: [bot, 'U0ANN', 'U0BO', 'U0GUEST'] },
      { id: 'C0TALK', name: 'talk', members: ['U0ANN'] },
      { id: 'C0OLD', name: 'old', members: [bot, 'U0ANN'], archived: true },
      { id: 'C0SHARED', name: 'shared', members: [bot, 'U0ANN', 'U0FAR'], sharedWith: ['T0OTHER'] },
      { id: 'D0ANN', name: 'ann', kind: 'im', members: [bot, 'U0ANN'] },
    ],
    ...more,
  })
}

export interface Workspace {
  readonly server: SlackServer
  readonly slack: Slack
  readonly received: Incoming[]
  readonly reports: SlackReport[]
  readonly fatal: Promise<SlackProblem>
  /** What the bot does with what arrives; nothing unless told. */
  receive: (incoming: Incoming) => Promise<FormErrors | undefined>
  /** Whether what arrives could be stored; it could unless told. */
  keep: (incoming: Incoming) => Promise<boolean>
  /** Resolves with the n-th payload that arrived. */
  arrived(count: number): Promise<Incoming>
  start(): Promise<void>
  stop(): Promise<void>
}

/** The strict sandbox server and the adapter beside it, not yet connected. */
export async function aWorkspace(
  options: {
    readonly seed?: WorldSeed
    readonly tcpAfterClose?: 'keeps' | 'ends'
    readonly clock?: Clock
    readonly botToken?: string
    readonly appToken?: string
  } = {},
): Promise<Workspace> {
  const server = await createSlackServer({
    clock: systemClock,
    world: aWorld(options.seed ?? {}),
    tcpAfterClose: options.tcpAfterClose ?? 'ends',
  })
  const { app } = server.world.state
  const received: Incoming[] = []
  const reports: SlackReport[] = []
  let onFatal: ((problem: SlackProblem) => void) | undefined
  const fatal = new Promise<SlackProblem>((resolve) => (onFatal = resolve))
  const waiting = new Set<() => void>()
  const slack = createSlack({
    botToken: options.botToken ?? app.botToken,
    appToken: options.appToken ?? app.appToken,
    apiUrl: server.apiUrl,
    clock: options.clock ?? systemClock,
    report: (report) => reports.push(report),
    onFatal: (problem) => onFatal?.(problem),
  })
  const workspace: Workspace = {
    server,
    slack,
    received,
    reports,
    fatal,
    receive: async () => undefined,
    keep: async () => true,
    arrived: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = received[count - 1]
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    start: async () => {
      await slack.start(
        async (incoming) => {
          received.push(incoming)
          for (const look of waiting) look()
          return workspace.receive(incoming)
        },
        (incoming) => workspace.keep(incoming),
      )
      await server.waitFor(() => server.sockets.open() === 2)
    },
    stop: async () => {
      await slack.stop()
      await server.stop()
    },
  }
  return workspace
}
