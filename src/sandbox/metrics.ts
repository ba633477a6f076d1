import { randomBytes } from 'node:crypto'
import type { Clock } from '../time/clock.ts'
import { createDatabase } from './prometheus/database.ts'
import { openPrometheus } from './prometheus/server.ts'
import type { SimulatedCluster } from './trial-cluster.ts'

/** A Prometheus beside each simulated cluster. */
export interface TrialMetrics {
  /** What the bot is told about them, as a part of readback.yaml. */
  readonly yaml: string
  /** The bot's `PROMETHEUS_TOKEN`. */
  readonly token: string
  close(): Promise<void>
}

/** They listen when it resolves. */
export async function openTrialMetrics({
  clock,
  clusters,
}: {
  readonly clock: Clock
  readonly clusters: readonly SimulatedCluster[]
}): Promise<TrialMetrics> {
  const token = randomBytes(18).toString('hex')
  const now = (): number => clock.now()
  const opened = await Promise.all(
    clusters.map(async (cluster) => {
      const { name, environment } = cluster
      const storage = createDatabase({ name, environment, cluster, now })
      cluster.onChange(storage.observe)
      return { name, server: await openPrometheus({ storage, token, now }) }
    }),
  )
  const entries = opened.map(
    ({ name, server }) => `  ${name}: { prometheus: ${server.url}, auth: { bearerEnv: PROMETHEUS_TOKEN } }\n`,
  )
  return {
    token,
    yaml: `metrics:\n${entries.join('')}`,
    close: async () => {
      await Promise.all(opened.map(({ server }) => server.close()))
    },
  }
}
