import { randomBytes } from 'node:crypto'
import type { Clock } from '../time/clock.ts'
import { createDatabase } from './prometheus/database.ts'
import type { WatchedRule } from './prometheus/rule-groups.ts'
import { alertingOf } from './prometheus/rule-groups.ts'
import { openPrometheus } from './prometheus/server.ts'
import { collectorOfV8, createTidy } from './tidy.ts'
import type { SimulatedCluster } from './trial-cluster.ts'

/** A Prometheus beside each simulated cluster. */
export interface TrialMetrics {
  /** What the bot is told about them, as a part of readback.yaml. */
  readonly yaml: string
  /** The bot's `PROMETHEUS_TOKEN`. */
  readonly token: string
  /** Undefined where there is no Prometheus for a cluster of that name. */
  isAway(cluster: string): boolean | undefined
  /** Resolves false where there is none. */
  setAway(cluster: string, on: 'on' | 'off'): Promise<boolean>
  close(): Promise<void>
}

/** They listen when it resolves. */
export async function openTrialMetrics({
  clock,
  clusters,
  rules,
}: {
  readonly clock: Clock
  readonly clusters: readonly SimulatedCluster[]
  readonly rules: (cluster: string) => readonly WatchedRule[]
}): Promise<TrialMetrics> {
  const tidy = createTidy({ clock, collect: collectorOfV8() })
  const token = randomBytes(18).toString('hex')
  const now = (): number => clock.now()
  const opened = await Promise.all(
    clusters.map(async (cluster) => {
      const { name, environment } = cluster
      const storage = createDatabase({ name, environment, cluster, now })
      cluster.onChange(storage.observe)
      const alerting = () => alertingOf(rules(name), now())
      return { name, server: await openPrometheus({ storage, token, now, alerting, onAnswer: tidy.touch }) }
    }),
  )
  const entries = opened.map(
    ({ name, server }) => `  ${name}: { prometheus: ${server.url}, auth: { bearerEnv: PROMETHEUS_TOKEN } }\n`,
  )
  const away = new Set<string>()
  return {
    token,
    isAway: (name) => (opened.some((one) => one.name === name) ? away.has(name) : undefined),
    setAway: async (name, on) => {
      const found = opened.find((one) => one.name === name)
      if (found === undefined) return false
      if (on === 'on') away.add(name)
      else away.delete(name)
      await (on === 'on' ? found.server.goAway() : found.server.comeBack())
      return true
    },
    yaml: `metrics:\n${entries.join('')}`,
    close: async () => {
      tidy.stop()
      await Promise.all(opened.map(({ server }) => server.close()))
    },
  }
}
