import { createAlerting } from './assembly/alerting.ts'
import { createClosing } from './assembly/closing.ts'
import type { Closing } from './assembly/closing.ts'
import { createDesk } from './assembly/desk.ts'
import { openConversation } from './assembly/conversation.ts'
import { createLogFollows } from './assembly/follows.ts'
import { openFoundation } from './assembly/foundation.ts'
import { createHousekeeping } from './assembly/housekeeping.ts'
import { createMeasuring } from './assembly/measuring.ts'
import { createOperating } from './assembly/operating.ts'
import { openPolicy } from './assembly/policies.ts'
import { createReporter } from './assembly/reporter.ts'
import { createTrail } from './assembly/trail.ts'
import { openWatchpoint } from './assembly/watchpoint.ts'
import { chooseTexts } from './cards/texts/choose.ts'
import type { PaceSettings } from './chat/outbox/pace.ts'
import type { SlackProblem } from './chat/slack/problems.ts'
import { connectClusters, warnOfUnusable } from './clusters/connect.ts'
import { createCommandLine } from './command-line/command-line.ts'
import { slashNamesOf } from './command-line/slash-names.ts'
import { auditChannels } from './config/channels.ts'
import type { Config, SlackConfig } from './config/config.ts'
import type { Environment } from './config/environment.ts'
import type { Disk } from './disk/durable-file.ts'
import { openChatFreezes } from './freezes/chat-freezes.ts'
import type { Log } from './log.ts'
import { createJudge } from './policy/judge.ts'
import { createPolicyDesk } from './reception/authority.ts'
import { createReception } from './reception/receive.ts'
import { createMasking } from './secrets/masking.ts'
import type { Clock } from './time/clock.ts'
import { commands } from '../commands/index.ts'

export interface Readback {
  /** Where health and metrics are served. */
  readonly address: string
  /** Takes no more work, finishes what is under way, and leaves the rest in the store for the next start. */
  stop(): Promise<void>
}

export interface StartParts {
  readonly clock: Clock
  readonly log: Log
  /** For exec plugins and proxies of clusters. */
  readonly environment: Environment
  /** After the start: the bot cannot go on until somebody mends this. */
  readonly onFatal: (problem: SlackProblem) => void
  /** What the audit trail is written to; the real disk unless told. */
  readonly disk?: Disk
  /** What draws charts, built; the one beside the bundle unless told. */
  readonly painter?: URL
  /** How fast messages may go out; as Slack allows unless told. */
  readonly pace?: PaceSettings
}

type StartConfig = Config & { readonly slack: SlackConfig }

/** Puts the house together and opens its door. Throws the problem of the first part that cannot work; nothing is open then. */
export async function startReadback(config: StartConfig, parts: StartParts): Promise<Readback> {
  const closing = createClosing()
  try {
    return { address: await open(config, parts, closing), stop: () => closing.close() }
  } catch (error) {
    await closing.close().catch((fault: unknown) => parts.log.error({ err: fault }, 'close'))
    throw error
  }
}

async function open(config: StartConfig, parts: StartParts, closing: Closing): Promise<string> {
  const { clock, log, environment } = parts
  const report = createReporter(log)
  const texts = chooseTexts(config)
  const masking = createMasking(config.masks)
  if (!masking.ok) throw new Error('masks are checked with the configuration')
  const { mask } = masking.masking

  // What outlives the process, and the rules.
  const foundation = await openFoundation(config, { ...parts, report })
  closing.opened({ foundation: () => foundation.close() })
  const { store } = foundation
  const trail = createTrail(foundation, { channels: auditChannels(config.channels), texts, mask, clock, report })
  const { audit } = trail
  let showAgain = (): void => {}
  const policy = await openPolicy(config, {
    clock,
    onChange: (change) => {
      log.warn({ change: change.kind }, 'policy file')
      trail.policyChanged(change)
      showAgain()
    },
  })
  closing.opened({ policy: () => policy.close() })
  const freezes = await openChatFreezes(store, report)
  closing.opened({ freezes: () => freezes.close() })
  const judge = createJudge({ policy: () => policy.current(), freezes: () => freezes.current() })
  const policyDesk = createPolicyDesk(judge, () => store.now())

  // The two ways out: clusters and the chat.
  const clusters = connectClusters(config, { clock, log, environment })
  closing.opened({ clusters: () => Promise.all([...clusters.values()].map((cluster) => cluster.close())) })
  const conversation = await openConversation(config, foundation, { ...parts, mask, texts, report })
  closing.opened({ conversation: () => conversation.close() })

  // What is done with orders.
  const shared = { audit, clock, clusters, conversation, judge, policy, policyDesk, texts, report }
  const operating = await createOperating(config, foundation, { ...shared, masking: masking.masking })
  showAgain = operating.showAgain
  const follows = createLogFollows(foundation, conversation, { ...shared, authority: operating.hands.parts.authority })
  const measuring = createMeasuring(config, { ...parts, texts, mask, report })
  closing.opened({ measuring: () => measuring.close() })
  const alerting = createAlerting(config, foundation, { ...shared, environment, mask, chartOf: measuring.chartOf })
  const housekeeping = createHousekeeping(foundation, { clock, policy, follows, alerting, report })
  const rooms = { foundation, alerting, conversation, operating, audit, policy, policyDesk, clusters, follows, freezes }
  const desk = createDesk(config, { ...rooms, measuring, texts, mask, clock, report })
  const receive = createReception(desk, createCommandLine({ commands, slash: slashNamesOf(config.commands) }))

  // Open.
  closing.opened({
    follows: () => follows.close(),
    housekeeping: () => housekeeping.stop(),
    alerting: () => alerting.stop(),
    runner: () => operating.runner.stop(),
    trail: () => trail.stop(),
    outbox: () => conversation.outbox.stop(),
    turns: () => foundation.handOn(),
  })
  await trail.begin(policy.current())
  await follows.recover()
  conversation.outbox.start()
  await operating.runner.start()
  housekeeping.start()
  alerting.start()
  trail.start()
  foundation.takeTurns()
  const http = await openWatchpoint(config, { ...rooms, store, clock })
  closing.opened({ http: () => http.close(), intake: () => conversation.rest() })
  conversation.open(receive)
  // A credential may come from a slow plugin: nobody waits for that.
  void warnOfUnusable(clusters, log)
  return http.address
}
