import { createAlerting } from './assembly/alerting.ts'
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
import { forgetFinished } from './operations/retention.ts'
import { askForReviews } from './operations/reviews.ts'
import { createJudge } from './policy/judge.ts'
import { createPolicyDesk } from './reception/authority.ts'
import { forgetReceived } from './reception/received.ts'
import { createReception } from './reception/receive.ts'
import { createMasking } from './secrets/masking.ts'
import { createLeases } from './store/leases.ts'
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

/** Puts the house together and opens its door. Throws the problem of the first part that cannot work. */
export async function startReadback(
  config: Config & { readonly slack: SlackConfig },
  parts: StartParts,
): Promise<Readback> {
  const { clock, log, environment } = parts
  const report = createReporter(log)
  const texts = chooseTexts(config)
  const masking = createMasking(config.masks)
  if (!masking.ok) throw new Error('masks are checked with the configuration')
  const { mask } = masking.masking

  // What outlives the process, and the rules.
  const foundation = await openFoundation(config, { ...parts, report })
  const { store, turn } = foundation
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
  const freezes = await openChatFreezes(store, report)
  const judge = createJudge({ policy: () => policy.current(), freezes: () => freezes.current() })
  const policyDesk = createPolicyDesk(judge, () => store.now())

  // The two ways out: clusters and the chat.
  const clusters = connectClusters(config, { clock, log, environment })
  const conversation = await openConversation(config, foundation, { ...parts, mask, texts, report })

  // What is done with orders.
  const shared = { audit, clock, clusters, conversation, judge, policy, policyDesk, texts, report }
  const operating = await createOperating(config, foundation, { ...shared, masking: masking.masking })
  showAgain = operating.showAgain
  const follows = createLogFollows(foundation, conversation, { ...shared, authority: operating.hands.parts.authority })
  const measuring = createMeasuring(config, { ...parts, texts, mask, report })
  const alerting = createAlerting(config, foundation, { ...shared, environment, mask, chartOf: measuring.chartOf })
  const housekeeping = createHousekeeping({
    clock,
    turn,
    chores: {
      received: () => forgetReceived(store),
      leases: () => createLeases(store, 'housekeeping').forget(500),
      operations: () => forgetFinished(store),
      reviews: () => askForReviews(store, policy.current().breakGlass.reviewMs),
      follows: () => follows.recover(),
      alerts: alerting.forget,
    },
    report,
  })
  const rooms = { foundation, alerting, conversation, operating, audit, policy, policyDesk, clusters, follows, freezes }
  const desk = createDesk(config, { ...rooms, measuring, texts, mask, clock, report })
  const receive = createReception(desk, createCommandLine({ commands, slash: slashNamesOf(config.commands) }))

  // Open.
  await trail.begin(policy.current())
  await follows.recover()
  conversation.outbox.start()
  await operating.runner.start()
  housekeeping.start()
  alerting.start()
  trail.start()
  foundation.takeTurns()
  const http = await openWatchpoint(config, { ...rooms, store, clock })
  conversation.open(receive)
  // A credential may come from a slow plugin: nobody waits for that.
  void warnOfUnusable(clusters, log)

  return {
    address: http.address,
    stop: async () => {
      await conversation.rest()
      await follows.close()
      await housekeeping.stop()
      await alerting.stop()
      await operating.runner.stop()
      await policy.close()
      await trail.stop()
      await conversation.outbox.stop()
      await conversation.close()
      await foundation.handOn()
      await http.close()
      freezes.close()
      await measuring.close()
      await Promise.all([...clusters.values()].map((cluster) => cluster.close()))
      await foundation.close()
    },
  }
}
