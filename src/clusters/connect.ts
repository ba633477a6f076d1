import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { Log } from '../log.ts'
import type { Clusters } from './cluster.ts'
import { createCluster } from './direct/cluster.ts'
import type { Environment } from './direct/settings.ts'

/** Every configured cluster, each with a transport, credential and breaker of its own. Opens nothing before it is first used. */
export function connectClusters(
  config: Pick<Config, 'clusters'>,
  parts: { readonly clock: Clock; readonly log: Log; readonly environment: Environment },
): Clusters {
  return new Map(
    [...config.clusters.values()].map((cluster) => [cluster.name, createCluster({ config: cluster, ...parts })]),
  )
}
