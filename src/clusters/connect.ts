import type { Clock } from '../time/clock.ts'
import type { Config } from '../config/config.ts'
import type { Log } from '../log.ts'
import type { ClusterName } from './names.ts'
import { ClusterError } from './problems.ts'
import { createCluster } from './direct/cluster.ts'
import type { DirectCluster } from './direct/cluster.ts'
import type { Environment } from './direct/settings.ts'

/** Every configured cluster, each with a transport, credential and breaker of its own. Opens nothing before it is first used. */
export function connectClusters(
  config: Pick<Config, 'clusters'>,
  parts: { readonly clock: Clock; readonly log: Log; readonly environment: Environment },
): ReadonlyMap<ClusterName, DirectCluster> {
  return new Map(
    [...config.clusters.values()].map((cluster) => [cluster.name, createCluster({ config: cluster, ...parts })]),
  )
}

/** Names in the log each cluster whose kubeconfig or credential cannot be used: the bot works on without it, and its operator should know at the start. */
export async function warnOfUnusable(
  clusters: ReadonlyMap<ClusterName, DirectCluster>,
  log: Pick<Log, 'warn'>,
): Promise<void> {
  const looking = [...clusters.values()].map(async (cluster) => {
    try {
      await cluster.prepare()
    } catch (error) {
      const problem = error instanceof ClusterError ? error.problem : { detail: String(error) }
      log.warn({ cluster: cluster.name, problem }, 'cluster cannot be used')
    }
  })
  await Promise.all(looking)
}
