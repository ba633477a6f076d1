import { Gauge, Registry, collectDefaultMetrics } from 'prom-client'

/** Numbers about the bot itself, in Prometheus text. Read when asked, kept by nobody. */
export function createMetrics(read: {
  readonly outboxBacklog: () => number
  readonly openOperations: () => Promise<number>
  readonly policyStale: () => number
  readonly clustersDown: () => number
}): () => Promise<string> {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'readback_' })
  const gauge = (name: string, help: string, collect: () => number | Promise<number>): void => {
    const made: Gauge = new Gauge({
      name: `readback_${name}`,
      help,
      registers: [registry],
      collect: async () => made.set(await collect()),
    })
  }
  gauge('outbox_backlog', 'Messages that wait to be shown in the chat', read.outboxBacklog)
  gauge('operations_open', 'Operations that wait or run', read.openOperations)
  gauge('policy_stale', '1 while the policy file cannot be used and the last good one is in force', read.policyStale)
  gauge('clusters_down', 'Clusters that do not answer', read.clustersDown)
  return () => registry.metrics()
}
