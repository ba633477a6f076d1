import type { Clock } from '../time/clock.ts'
import type { SimulatedCluster } from './trial-cluster.ts'

/** Somebody else's deployment that goes wrong now and then, and is taken back by them when nobody else has seen to it. */
export interface Mishaps {
  stop(): void
}

const firstMs = 4 * 60_000
const everyMs = 20 * 60_000
const takenBackMs = 5 * 60_000

const where = { namespace: 'shop', name: 'recommend' } as const
const broken = '4.3.0-crash'
const cause = 'jenkins: recommend build 217'

/** By other hands than the bot's: it has to find out from the cluster what changed. The guide's own steps use other workloads. */
export function createMishaps({
  clock,
  cluster,
}: {
  readonly clock: Clock
  readonly cluster: Pick<SimulatedCluster, 'ship' | 'workloads'>
}): Mishaps {
  const tagNow = (): string | undefined =>
    cluster.workloads().find(({ namespace, name }) => namespace === where.namespace && name === where.name)?.tag

  function happen(): void {
    const before = tagNow()
    if (before === undefined || before === broken) {
      cancel = clock.after(everyMs, happen)
      return
    }
    cluster.ship({ ...where, tag: broken, cause })
    cancel = clock.after(takenBackMs, () => {
      if (tagNow() === broken) cluster.ship({ ...where, tag: before, cause: `${cause} taken back` })
      cancel = clock.after(everyMs, happen)
    })
  }

  let cancel = clock.after(firstMs, happen)
  return { stop: () => cancel() }
}
