import type { WatchedAudit } from '../audit/watched.ts'
import { answerPost } from '../cards/posts.ts'
import type { TextsChoice } from '../cards/texts/choose.ts'
import { botScopes } from '../chat/slack/manifest.ts'
import type { Clusters } from '../clusters/cluster.ts'
import type { Config } from '../config/config.ts'
import type { ChatFreezes } from '../freezes/chat-freezes.ts'
import type { Follows } from '../logs/follows.ts'
import type { PolicySource } from '../policy/source.ts'
import { createCallers } from '../reception/authority.ts'
import type { Desk, PolicyDesk } from '../reception/desk.ts'
import { createExamination } from '../reception/examine.ts'
import type { Clock } from '../time/clock.ts'
import type { Alerting } from './alerting.ts'
import type { Conversation } from './conversation.ts'
import type { Foundation } from './foundation.ts'
import type { Measuring } from './measuring.ts'
import type { Operating } from './operating.ts'

/** What the reception works with, gathered from the rooms. */
export function createDesk(
  config: Config,
  parts: {
    readonly foundation: Foundation
    readonly conversation: Conversation
    readonly operating: Operating
    readonly audit: WatchedAudit
    readonly policy: PolicySource
    readonly policyDesk: PolicyDesk
    readonly clusters: Clusters
    readonly follows: Follows
    readonly freezes: ChatFreezes
    readonly measuring: Pick<Measuring, 'desk'>
    readonly alerting: Pick<Alerting, 'desk'>
    readonly texts: TextsChoice
    readonly mask: (text: string) => string
    readonly clock: Clock
    readonly report: (error: unknown, about: string) => string
  },
): Desk {
  const { foundation, conversation, audit, policy, policyDesk, clusters, clock } = parts
  const { store } = foundation
  const { workspace, outbox } = conversation
  const callers = createCallers(config, policyDesk)
  return {
    inbox: conversation.inbox,
    team: workspace.team,
    people: conversation.people,
    chat: conversation.chat,
    clock,
    store,
    audit,
    trail: foundation.audit,
    policy: policyDesk,
    clusters,
    groups: config.groups,
    operations: parts.operating.hands,
    announcer: {
      announce: async (post) => {
        await store.commit(answerPost({ ...post, at: clock.now() }))
      },
    },
    follows: parts.follows,
    freezes: parts.freezes,
    alerts: parts.alerting.desk,
    metrics: parts.measuring.desk,
    mask: parts.mask,
    slash: config.commands.ops,
    examine: createExamination({
      config,
      clusters,
      store,
      policy,
      workspace,
      lastFrame: conversation.lastFrame,
      clock,
      audit,
      scopes: botScopes,
    }),
    around: () => ({ policy: policy.state().kind }),
    cardAt: (message) => outbox.cardAt(message),
    surroundings: ({ channel }) => {
      const found = config.channels.get(channel)
      return {
        ...(found?.cluster === undefined ? {} : { cluster: found.cluster }),
        ...(found?.namespace === undefined ? {} : { namespace: found.namespace }),
      }
    },
    texts: parts.texts,
    callerOf: ({ actor }, cluster) => callers(actor, cluster),
    report: parts.report,
  }
}
