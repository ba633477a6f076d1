import type { Clusters } from '../clusters/cluster.ts'
import type { Config } from '../config/config.ts'
import { createMetrics } from '../http/metrics.ts'
import { readinessOf } from '../http/readiness.ts'
import { createHttp } from '../http/server.ts'
import type { Http } from '../http/server.ts'
import type { PolicySource } from '../policy/source.ts'
import type { Store } from '../store/store.ts'
import type { Clock } from '../time/clock.ts'
import type { Alerting } from './alerting.ts'
import type { Conversation } from './conversation.ts'
import type { Operating } from './operating.ts'

/** Opens the port where others look after the bot. */
export function openWatchpoint(
  config: Pick<Config, 'http'>,
  parts: {
    readonly conversation: Pick<Conversation, 'lastFrame' | 'outbox'>
    readonly operating: Pick<Operating, 'hands'>
    readonly alerting: Pick<Alerting, 'mounts' | 'figures'>
    readonly policy: Pick<PolicySource, 'state'>
    readonly clusters: Clusters
    readonly store: Store
    readonly clock: Clock
  },
): Promise<Http> {
  const { alerting, conversation, operating, policy, clusters, store, clock } = parts
  return createHttp({
    ...config.http,
    mounts: alerting.mounts,
    readiness: () =>
      readinessOf({
        now: clock.now(),
        lastFrame: conversation.lastFrame(),
        probe: () => store.probe(),
        policyLoaded: true,
      }),
    metrics: createMetrics({
      outboxBacklog: () => conversation.outbox.backlog(),
      outboxLags: () => conversation.outbox.lags(),
      openOperations: async () => (await operating.hands.ledger.open(1_000)).length,
      alertsOpen: alerting.figures.open,
      alertsReceived: alerting.figures.received,
      policyStale: () => (policy.state().kind === 'stale' ? 1 : 0),
      clustersDown: () => [...clusters.values()].filter((cluster) => cluster.health().state === 'down').length,
    }),
  })
}
