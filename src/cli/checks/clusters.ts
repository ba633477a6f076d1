import type { Clock } from '../../time/clock.ts'
import type { Cluster, ClusterAccess } from '../../clusters/cluster.ts'
import { callerFor } from '../../clusters/caller.ts'
import { connectClusters } from '../../clusters/connect.ts'
import { ClusterError } from '../../clusters/problems.ts'
import type { Config } from '../../config/config.ts'
import type { Environment } from '../../config/environment.ts'
import type { Check } from './check.ts'
import { rightsNeeded } from './rights.ts'
import type { Right } from './rights.ts'

/** Each cluster's version, and whether the bot's credential has the rights that it needs there. */
export async function checkClusters(
  config: Config,
  parts: { readonly clock: Clock; readonly environment: Environment; readonly roles: readonly string[] },
): Promise<readonly Check[]> {
  const { clock, environment, roles } = parts
  const quiet = (): void => {}
  const clusters = connectClusters(config, {
    clock,
    environment,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  })
  try {
    const found = await Promise.all([...clusters.values()].map((cluster) => checkCluster(cluster, config, roles)))
    return found.flat()
  } finally {
    await Promise.all([...clusters.values()].map((cluster) => cluster.close()))
  }
}

async function checkCluster(cluster: Cluster, config: Config, roles: readonly string[]): Promise<readonly Check[]> {
  const { name } = cluster
  const access = cluster.as('bot')
  try {
    const version = await access.version()
    const needed = rightsNeeded(cluster, voices(cluster, config, roles))
    const namespaces = [
      ...new Set(
        [...config.channels.values()].flatMap((channel) =>
          channel.cluster === name && channel.namespace !== undefined ? [channel.namespace] : [],
        ),
      ),
    ]
    const missing = (await Promise.all(needed.map((right) => missingRight(access, right, namespaces)))).filter(
      (one) => one !== undefined,
    )
    const fact = { code: 'cluster_good', version, held: needed.length - missing.length, needed: needed.length } as const
    const places = new Map(missing.map(({ only }) => [only.join(' '), only]))
    return [
      { part: 'cluster', name, state: 'good', fact },
      ...[...places].map(([place, only]): Check => {
        const rights = missing.filter((one) => one.only.join(' ') === place).map(({ right }) => right)
        const state = only.length > 0 ? 'warning' : 'bad'
        return { part: 'cluster', name, state, fact: { code: 'cluster_rights_missing', rights, only } }
      }),
    ]
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error
    return [{ part: 'cluster', name, state: 'bad', fact: { code: 'cluster_bad', problem: error.problem } }]
  }
}

/** As whom the bot speaks there. Somebody whom `people` does not map stands for all like them. */
function voices({ impersonate }: Cluster, { people }: Config, roles: readonly string[]) {
  const someone = callerFor({ impersonate, user: 'U0SOMEBODY', kubernetes: undefined, roles })
  if (someone === 'bot') return { users: [], groups: [] }
  return { users: [...[...people.values()].map(({ kubernetes }) => kubernetes), someone.user], groups: someone.groups }
}

async function missingRight(access: ClusterAccess, right: Right, namespaces: readonly string[]) {
  const { verb, group, resource, name } = right
  const ask = (namespace: string) =>
    access.mayI({ verb, group, resource, namespace, ...(name === undefined ? {} : { name }) })
  if (await ask('')) return undefined
  if (right.scope === 'cluster') return { right, only: [] }
  const answers = await Promise.all(namespaces.map(ask))
  return { right, only: namespaces.filter((_, index) => answers[index] === true) }
}
