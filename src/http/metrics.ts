import type { Gauge, Registry } from 'prom-client'

export interface MetricsSources {
  readonly outboxBacklog: () => number
  /** How long the oldest message of each lane and channel waits for its channel; a bounded list. */
  readonly outboxLags: () => readonly Lagging[]
  readonly openOperations: () => Promise<number>
  readonly alertsOpen: () => Promise<number>
  readonly alertsReceived: () => number
  readonly policyStale: () => number
  readonly clustersDown: () => number
}

export interface Lagging {
  readonly lane: string
  readonly channel: string
  readonly waiting: number
  readonly lagMs: number
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
      collect: async () => made.set(await knownBy(collect)),
    })
  }
  gauge('outbox_backlog', 'Messages that wait to be shown in the chat', read.outboxBacklog)
  const byLane = (name: string, help: string, of: (lag: Lagging) => number): void => {
    const made = new client.Gauge({
      name: `readback_${name}`,
      help,
      labelNames: ['lane', 'channel'],
      registers: [registry],
      collect: () => {
        made.reset()
        for (const lag of read.outboxLags()) made.set({ lane: lag.lane, channel: lag.channel }, of(lag))
      },
    })
  }
  byLane('outbox_lag_seconds', 'Since when the oldest message waits for its channel', ({ lagMs }) => lagMs / 1000)
  byLane('outbox_waiting', 'Messages that have not been posted yet', ({ waiting }) => waiting)
  gauge('operations_open', 'Operations that wait or run', read.openOperations)
  gauge('alerts_open', 'Groups of alerts that fire', read.alertsOpen)
  gauge('alerts_received', 'Alerts that webhooks have brought since the start', read.alertsReceived)
  gauge('policy_stale', '1 while the policy file cannot be used and the last good one is in force', read.policyStale)
  gauge('clusters_down', 'Clusters that do not answer', read.clustersDown)
  return registry
}

/** What cannot be known now (the store does not answer) keeps no other number back. */
async function knownBy(collect: () => number | Promise<number>): Promise<number> {
  try {
    return await collect()
  } catch {
    return Number.NaN
  }
}
