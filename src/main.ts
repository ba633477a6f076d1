import { randomBytes } from 'node:crypto'
import { relative } from 'node:path'
import { differenceCards } from './cards/long-difference.ts'
import { answerPost, followPosts, operationPost, reminderPost } from './cards/posts.ts'
import { sayOne } from './cards/start-problem.ts'
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
import { createHousekeeping } from './housekeeping.ts'
import { createFollows } from './logs/follows.ts'
import type { Log } from './log.ts'
import { createMasking } from './masking.ts'
import { maskKey } from './mask-key.ts'
import { createChanges } from './operations/changes.ts'
import { createLedger } from './operations/ledger.ts'
import type { OperationParts } from './operations/ports.ts'
import { createRollouts } from './operations/rollouts.ts'
import { forgetFinished } from './operations/retention.ts'
import { createRunner } from './operations/runner.ts'
import { showWaitingAgain } from './operations/show-again.ts'
import { makePlan } from './plans/make-plan.ts'
import { openChatFreezes } from './freezes/chat-freezes.ts'
import { createJudge } from './policy/judge.ts'
import { createPolicySource } from './policy/source.ts'
import { createApprovalsBoard } from './reception/approvals-board.ts'
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
  const { mask, maskValue } = masking.masking
  const trail = createTrail(foundation, { channels: auditChannels(config.channels), texts, mask, clock, report })
  const { audit } = trail
  const key = await maskKey(store, () => randomBytes(32).toString('hex'))
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
  let receive: ReturnType<typeof createReception> | undefined
  const opened: (() => void)[] = []
  const inbox = createInbox({ store, clock, turn, presence: foundation.presence, report })
  const workspace = await slack.start(async (incoming) => {
    if (!receive) await new Promise<void>((resolve) => opened.push(resolve))
    return receive?.(incoming)
  }, inbox.keep)
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
  const cards: OperationParts['cards'] = {
    show: (operation, version) => operationPost(operation, { version, textsAt: texts.at, around: around() }),
    besides: differenceCards,
    remind: (operation) => reminderPost(operation, texts.at(operation.board ?? operation.place)),
  }
  const ledger = createLedger({ store, cards })
  const operationParts: OperationParts = {
    store,
    clock,
    audit,
    changes: createChanges({
      clusters,
      callerOf: createCallerOf(callers, policyDesk, speaker),
      makePlan,
      mask: (name, value) => maskValue(name, value, key),
      ledger,
      now: () => store.now(),
    }),
    rollouts: createRollouts({ clusters, clock, mask }),
    authority: createAuthority(judge, policyDesk, speaker),
    cards,
    board: outbox,
    approvalsBoard: createApprovalsBoard(config.channels),
    report,
  }
  const operations = { ledger, parts: operationParts }
  const ownLedger = createLedger({ store, cards, turn })
  const runner = createRunner({ ledger: ownLedger, parts: operationParts }, turn)
  onPolicy = () => void showWaitingAgain(ownLedger).catch((error: unknown) => report(error, 'policy file'))
  const housekeeping = createHousekeeping({
    clock,
    turn,
    chores: {
      received: () => forgetReceived(store),
      leases: () => createLeases(store, 'housekeeping').forget(500),
      operations: () => forgetFinished(store),
    },
    report,
  })
  const follows = createFollows({
    store,
    clock,
    show: (view) => followPosts(view, texts.at(view.follow.place)),
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
    operations,
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
      ...{ config, clusters, store, policy, workspace, lastFrame, clock },
      audit,
      scopes: botScopes,
      say: (problem) => sayOne(problem, texts.usual).sentence,
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
  receive = createReception(desk, createCommandLine({ commands, slash: slashNamesOf(config.commands) }))
  await trail.begin(policy.current())
  await follows.recover()
  outbox.start()
  await runner.start()
  housekeeping.start()
  trail.start()
  foundation.takeTurns()
  const http = await createHttp({
    ...config.http,
    readiness: () =>
      readinessOf({ now: clock.now(), lastFrame: lastFrame(), probe: () => store.probe(), policyLoaded: true }),
    metrics: createMetrics({
      outboxBacklog: () => outbox.backlog(),
      openOperations: async () => (await ledger.open(1_000)).length,
      policyStale: () => (policy.state().kind === 'stale' ? 1 : 0),
      clustersDown: () => [...clusters.values()].filter((cluster) => cluster.health().state === 'down').length,
    }),
  })
  for (const open of opened) open()
  inbox.start(slack.again)

  return {
    address: http.address,
    stop: async () => {
      await inbox.stop()
      await slack.rest()
      await follows.close()
      await housekeeping.stop()
      await runner.stop()
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
