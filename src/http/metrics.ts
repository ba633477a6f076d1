import type { Gauge, Registry } from 'prom-client'

export interface MetricsSources {
  readonly outboxBacklog: () => number
  readonly openOperations: () => Promise<number>
  readonly policyStale: () => number
  readonly clustersDown: () => number
}

/** Numbers about the bot itself, in Prometheus text. Read when asked, kept by nobody; what makes the text is loaded when first asked. */
export function createMetrics(read: MetricsSources): () => Promise<string> {
  let registry: Promise<Registry> | undefined
  return async () => (await (registry ??= open(read))).metrics()
}

async function open(read: MetricsSources): Promise<Registry> {
  const client = await import('prom-client')
  const registry = new client.Registry()
  client.collectDefaultMetrics({ register: registry, prefix: 'readback_' })
  const gauge = (name: string, help: string, collect: () => number | Promise<number>): void => {
    const made: Gauge = new client.Gauge({
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
  return registry
}
