import type { Clock } from '../time/clock.ts'
import { openTrialAlerts } from './alerts.ts'
import { openTrialMetrics } from './metrics.ts'
import type { TrialMetrics } from './metrics.ts'
import type { SimulatedCluster } from './trial-cluster.ts'

/** What watches the simulated clusters: a Prometheus beside each, and one Alertmanager. */
export interface Monitoring extends Pick<TrialMetrics, 'isAway' | 'setAway'> {
  /** What the bot is told about it, as a part of readback.yaml, and in its environment. */
  readonly yaml: string
  readonly environment: { readonly ALERTS_TOKEN: string; readonly PROMETHEUS_TOKEN: string }
  close(): Promise<void>
}

/** `bot` says where the bot listens while it runs. Listens when it resolves. */
export async function openMonitoring(parts: {
  readonly clock: Clock
  readonly clusters: readonly SimulatedCluster[]
  readonly bot: () => string | undefined
}): Promise<Monitoring> {
  const metrics = await openTrialMetrics({ ...parts, rules: (cluster) => alerts.rules(cluster) })
  const alerts = await openTrialAlerts({ ...parts, isWatched: (cluster) => metrics.isAway(cluster) !== true })
  return {
    isAway: metrics.isAway,
    setAway: metrics.setAway,
    yaml: alerts.yaml + metrics.yaml,
    environment: { ALERTS_TOKEN: alerts.token, PROMETHEUS_TOKEN: metrics.token },
    close: async () => {
      await Promise.all([alerts.close(), metrics.close()])
    },
  }
}
