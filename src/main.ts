import { randomBytes } from 'node:crypto'
import { relative } from 'node:path'
import { answerPost, followPosts } from './cards/posts.ts'
import { chooseTexts } from './cards/texts/choose.ts'
import { maskedChat } from './chat/masked-chat.ts'
import { createOutbox } from './chat/outbox/outbox.ts'
import type { PaceSettings } from './chat/outbox/pace.ts'
import { botScopes } from './chat/slack/manifest.ts'
import { slackProxy } from './chat/slack/proxy.ts'
import { createSlack } from './chat/slack/slack.ts'
import type { SlackProblem } from './chat/slack/problems.ts'
import type { Clock } from './clock.ts'
import { connectClusters } from './clusters/connect.ts'
import { createCommandLine } from './command-line/command-line.ts'
import { slashNamesOf } from './command-line/slash-names.ts'
import { auditChannels } from './config/channels.ts'
import type { Environment } from './config/environment.ts'
import type { Config, SlackConfig } from './config/config.ts'
import type { Disk } from './durable-file.ts'
import { openFoundation } from './foundation.ts'
import { createFront } from './front.ts'
import { createHousekeeping } from './housekeeping.ts'
import { createFollows } from './logs/follows.ts'
import type { Log } from './log.ts'
import { createMasking } from './masking.ts'
import { maskKey } from './mask-key.ts'
import { forgetFinished } from './operations/retention.ts'
import { openChatFreezes } from './freezes/chat-freezes.ts'
import { createJudge } from './policy/judge.ts'
import { createOperating } from './operating.ts'
import { createPolicySource } from './policy/source.ts'
import { createAuthority, createCallerOf, createCallers, createPolicyDesk } from './reception/authority.ts'
import type { Desk } from './reception/desk.ts'
import { createExamination } from './reception/examine.ts'
import { createInbox, forgetReceived } from './reception/inbox.ts'
import { createReception } from './reception/receive.ts'
import { createReporter } from './reporter.ts'
import { createLeases } from './store/leases.ts'
import { createTrail } from './trail.ts'
import { createMetrics } from './http/metrics.ts'
import { readinessOf } from './http/readiness.ts'
import { createHttp } from './http/server.ts'
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

  const { disk } = parts
  const foundation = await openFoundation(config, { clock, log, report, ...(disk ? { disk } : {}) })
  const { store, turn } = foundation
  const texts = chooseTexts(config)
  const masking = createMasking(config.masks)
  if (!masking.ok) throw new Error('masks are checked with the configuration')
  const { mask } = masking.masking
  const trail = createTrail(foundation, { channels: auditChannels(config.channels), texts, mask, clock, report })
  const { audit } = trail
  const environments = new Map([...config.clusters.values()].map(({ name, environment: kind }) => [name, kind]))
  let onPolicy = (): void => {}
  const policy = await createPolicySource({
    path: config.policyFile,
    file: shortPath(config.policyFile),
    clock,
    clusters: environments,
    onChange: (change) => {
      log.warn({ change: change.kind }, 'policy file')
      trail.policyChanged(change)
      onPolicy()
    },
  })
  const clusters = connectClusters(config, { clock, log, environment })

  const slack = createSlack({
    ...config.slack,
    ...slackProxy(config.outgoing),
    clock,
    report: ({ level, what, detail }) => log[level]({ detail }, `slack: ${what}`),
    onFatal: parts.onFatal,
  })
  const front = createFront()
  const inbox = createInbox({ store, clock, turn, presence: foundation.presence, report })
  const workspace = await slack.start(front.receive, inbox.keep)
  const lastFrame = () =>
    slack.health().lastFrames.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined)
  const chat = maskedChat(slack.chat, mask)
  const outbox = createOutbox({ store, chat, clock, turn, report, ...(parts.pace ? { pace: parts.pace } : {}) })
  slack.onJoined((channel) => outbox.wake(channel))

  const freezes = await openChatFreezes(store, report)
  const judge = createJudge({ policy: () => policy.current(), freezes: () => freezes.current() })
  const policyDesk = createPolicyDesk(judge, () => store.now())
  const speaker = { team: workspace.team, people: slack.people }
  const callers = createCallers(config, policyDesk)
  const around = () => ({ policy: policy.state().kind })
  const operating = createOperating(foundation, {
    audit,
    clock,
    clusters,
    channels: config.channels,
    callerOf: createCallerOf(callers, policyDesk, speaker),
    authority: createAuthority(judge, policyDesk, speaker),
    outbox,
    texts,
    masking: masking.masking,
    maskKey: await maskKey(store, () => randomBytes(32).toString('hex')),
    policyState: () => policy.state().kind,
    report,
  })
  onPolicy = operating.showAgain
  const follows = createFollows({
    store,
    clock,
    presence: foundation.presence,
    show: (view) => followPosts(view, texts.at(view.follow.place)),
    report,
  })
  const housekeeping = createHousekeeping({
    clock,
    turn,
    chores: {
      received: () => forgetReceived(store),
      leases: () => createLeases(store, 'housekeeping').forget(500),
      operations: () => forgetFinished(store),
      follows: () => follows.recover(),
    },
    report,
  })
  const desk: Desk = {
    inbox,
    ...speaker,
    clock,
    store,
    audit,
    trail: foundation.audit,
    chat,
    policy: policyDesk,
    clusters,
    groups: config.groups,
    operations: operating.hands,
    announcer: {
      announce: async (post) => {
        await store.commit(answerPost({ ...post, at: clock.now() }))
      },
    },
    follows,
    freezes,
    mask,
    slash: config.commands.ops,
    examine: createExamination({
      config,
      clusters,
      store,
      policy,
      workspace,
      lastFrame,
      clock,
      audit,
      scopes: botScopes,
    }),
    around,
    cardAt: (message) => outbox.cardAt(message),
    surroundings: ({ channel }) => {
      const found = config.channels.get(channel)
      return {
        ...(found?.cluster === undefined ? {} : { cluster: found.cluster }),
        ...(found?.namespace === undefined ? {} : { namespace: found.namespace }),
      }
    },
    texts,
    callerOf: ({ actor }, cluster) => callers(actor, cluster),
    report,
  }
  const receive = createReception(desk, createCommandLine({ commands, slash: slashNamesOf(config.commands) }))
  await trail.begin(policy.current())
  await follows.recover()
  outbox.start()
  await operating.runner.start()
  housekeeping.start()
  trail.start()
  foundation.takeTurns()
  const http = await createHttp({
    ...config.http,
    readiness: () =>
      readinessOf({ now: clock.now(), lastFrame: lastFrame(), probe: () => store.probe(), policyLoaded: true }),
    metrics: createMetrics({
      outboxBacklog: () => outbox.backlog(),
      openOperations: async () => (await operating.hands.ledger.open(1_000)).length,
      policyStale: () => (policy.state().kind === 'stale' ? 1 : 0),
      clustersDown: () => [...clusters.values()].filter((cluster) => cluster.health().state === 'down').length,
    }),
  })
  front.open(receive)
  inbox.start(slack.again)

  return {
    address: http.address,
    stop: async () => {
      await inbox.stop()
      await slack.rest()
      await follows.close()
      await housekeeping.stop()
      await operating.runner.stop()
      await policy.close()
      await trail.stop()
      await outbox.stop()
      await slack.stop(0)
      await foundation.handOn()
      await http.close()
      freezes.close()
      await Promise.all([...clusters.values()].map((cluster) => cluster.close()))
      await foundation.close()
    },
  }
}

/** As somebody in the working folder would call it. */
function shortPath(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') ? path : short
}
