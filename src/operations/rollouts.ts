import type { Clock } from '../time/clock.ts'
import type { Clusters } from '../clusters/cluster.ts'
import { restartedAt } from '../plans/bookkeeping.ts'
import { watchRollout } from '../rollouts/watch-rollout.ts'
import type { Rollouts } from './ports.ts'

/** Rollouts of operations, watched as the bot: that needs no right to change, and works when the requester has left. */
export function createRollouts(parts: {
  readonly clusters: Clusters
  readonly clock: Clock
  readonly mask: (text: string) => string
}): Rollouts {
  return {
    watch: async (operation, { signal, onProgress }) => {
      if (operation.stage !== 'watching') throw new Error(`${operation.id} has not been written yet`)
      const cluster = parts.clusters.get(operation.plan.workload.cluster)
      if (!cluster)
        return { kind: 'lost', detail: `cluster ${operation.plan.workload.cluster} is not configured any more` }
      return watchRollout(
        { access: cluster.as('bot'), clock: parts.clock, mask: parts.mask },
        {
          plan: operation.plan,
          startedAt: operation.watchFrom ?? operation.patchedAt,
          ...(operation.plan.effect.kind === 'restart' ? { restartedAt: restartedAt(operation.startedAt) } : {}),
          signal,
          onProgress,
        },
      )
    },
  }
}
