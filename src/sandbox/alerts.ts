import { randomBytes } from 'node:crypto'
import type { Clock } from '../time/clock.ts'
import type { FiredAlert } from './alertmanager/notice.ts'
import type { Rules } from './alertmanager/rules.ts'
import { createRules } from './alertmanager/rules.ts'
import { openAlertmanager } from './alertmanager/server.ts'
import { createMishaps } from './mishaps.ts'
import type { WatchedRule } from './prometheus/rule-groups.ts'
import type { SimulatedCluster } from './trial-cluster.ts'

/** What watches the simulated clusters and tells the bot what is wrong there. */
export interface TrialAlerts {
  /** What the bot is told about it, as a part of readback.yaml. */
  readonly yaml: string
  /** The bot's `ALERTS_TOKEN`. */
  readonly token: string
  /** The rules of that cluster's Prometheus, and what of them holds. */
  readonly rules: (cluster: string) => readonly WatchedRule[]
  close(): Promise<void>
}

interface Watch {
  readonly cluster: SimulatedCluster
  readonly rules: Rules
  firing: readonly FiredAlert[]
}

const evaluateEveryMs = 1_000

/** Rules and an Alertmanager of its own; `bot` says where the bot listens while it runs. Listens when it resolves. */
export async function openTrialAlerts(options: {
  readonly clock: Clock
  readonly clusters: readonly SimulatedCluster[]
  readonly bot: () => string | undefined
  /** Without its Prometheus nobody looks at a cluster: what fired there last is all that is known. */
  readonly isWatched: (cluster: string) => boolean
}): Promise<TrialAlerts> {
  const { clock, clusters, bot, isWatched } = options
  const token = randomBytes(18).toString('hex')
  const alertmanager = await openAlertmanager({
    clock,
    receiver: {
      token,
      url: () => {
        const address = bot()
        return address === undefined ? undefined : `${address}/alerts/alertmanager`
      },
    },
  })
  const watches = clusters.map((cluster): Watch => ({ cluster, rules: createRules(), firing: [] }))
  const mishaps = clusters.filter(({ name }) => name === 'test').map((cluster) => createMishaps({ clock, cluster }))
  let cancel = (): void => {}
  const evaluate = (): void => {
    for (const watch of watches)
      if (isWatched(watch.cluster.name)) watch.firing = watch.rules.fire(watch.cluster, clock.now())
    alertmanager.tell(watches.flatMap(({ firing }) => firing))
    cancel = clock.after(evaluateEveryMs, evaluate)
  }
  evaluate()
  return {
    token,
    rules: (name) => watches.find(({ cluster }) => cluster.name === name)?.rules.state() ?? [],
    yaml: `alerts:
  alertmanager: ${alertmanager.url}
  routes:
    - { channel: C0ALERTS }
`,
    close: async () => {
      cancel()
      for (const mishap of mishaps) mishap.stop()
      await alertmanager.close()
    },
  }
}
