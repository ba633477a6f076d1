import { randomBytes } from 'node:crypto'
import type { Clock } from '../time/clock.ts'
import { createRules } from './alertmanager/rules.ts'
import { openAlertmanager } from './alertmanager/server.ts'
import { createMishaps } from './mishaps.ts'
import type { SimulatedCluster } from './trial-cluster.ts'

/** What watches the simulated clusters and tells the bot what is wrong there. */
export interface TrialAlerts {
  /** What the bot is told about it, as a part of readback.yaml. */
  readonly yaml: string
  /** The bot's `ALERTS_TOKEN`. */
  readonly token: string
  close(): Promise<void>
}

const evaluateEveryMs = 1_000

/** Rules and an Alertmanager of its own; `bot` says where the bot listens while it runs. Listens when it resolves. */
export async function openTrialAlerts(options: {
  readonly clock: Clock
  readonly clusters: readonly SimulatedCluster[]
  readonly bot: () => string | undefined
}): Promise<TrialAlerts> {
  const { clock, clusters, bot } = options
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
  const rules = createRules()
  const mishaps = clusters.filter(({ name }) => name === 'test').map((cluster) => createMishaps({ clock, cluster }))
  let cancel = (): void => {}
  const evaluate = (): void => {
    alertmanager.tell(rules.fire(clusters, clock.now()))
    cancel = clock.after(evaluateEveryMs, evaluate)
  }
  evaluate()
  return {
    token,
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
