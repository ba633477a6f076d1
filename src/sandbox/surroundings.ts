import { randomBytes } from 'node:crypto'
import type { Clock } from '../time/clock.ts'
import type { Environment } from '../clusters/direct/settings.ts'
import { type Language, ownReadbackYaml, ownRolesYaml, readbackYamlIn, rolesYaml } from './company/files.ts'
import { shop } from './company/workloads.ts'
import type { OwnCluster } from './own-clusters/own-clusters.ts'
import type { SimulatedCluster, TrialCluster } from './trial-cluster.ts'
import { createSimulatedCluster } from './trial-cluster.ts'

/** The clusters of a run, and what the bot is told about them. */
export interface Surroundings {
  readonly clusters: readonly (TrialCluster & { readonly url: string; readonly token: string })[]
  readonly simulated: ReadonlyMap<string, SimulatedCluster>
  readonly own: ReadonlyMap<string, OwnCluster>
  readonly files: { readonly kubeconfig: string; readonly readbackYaml: string; readonly rolesYaml: string }
  close(): Promise<void>
}

export interface SurroundingsOptions {
  readonly clock: Clock
  /** The visitor's own clusters instead of simulated ones. */
  readonly kubeconfig?: string
  /** What the bot speaks in channels. */
  readonly language: Language
  /** For credential plugins of that file. */
  readonly environment: Environment
}

export async function openSurroundings(options: SurroundingsOptions): Promise<Surroundings> {
  const { clock, kubeconfig, language, environment } = options
  if (kubeconfig !== undefined) {
    const { openOwnClusters } = await import('./own-clusters/own-clusters.ts')
    const own = await openOwnClusters(kubeconfig, { clock, environment })
    return {
      ...shared(own),
      simulated: new Map(),
      own: byName(own),
      files: { kubeconfig: kubeconfigOf(own), readbackYaml: ownReadbackYaml(own, language), rolesYaml: ownRolesYaml },
    }
  }
  const simulated = await Promise.all(
    (['test', 'prod'] as const).map((name) =>
      createSimulatedCluster({
        clock,
        name,
        environment: name === 'prod' ? 'production' : 'test',
        token: randomBytes(18).toString('hex'),
        seed: shop(name),
      }),
    ),
  )
  return {
    ...shared(simulated),
    simulated: byName(simulated),
    own: new Map(),
    files: { kubeconfig: kubeconfigOf(simulated), readbackYaml: readbackYamlIn(language), rolesYaml },
  }
}

const shared = (clusters: Surroundings['clusters']): Pick<Surroundings, 'clusters' | 'close'> => ({
  clusters,
  close: async () => {
    await Promise.all(clusters.map((cluster) => cluster.close()))
  },
})

const byName = <Cluster extends TrialCluster>(clusters: readonly Cluster[]): ReadonlyMap<string, Cluster> =>
  new Map(clusters.map((cluster) => [cluster.name, cluster]))

function kubeconfigOf(clusters: Surroundings['clusters']): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: clusters.map(({ name, url }) => ({ name, cluster: { server: url } })),
    users: clusters.map(({ name, token }) => ({ name, user: { token } })),
    contexts: clusters.map(({ name }) => ({ name, context: { cluster: name, user: name } })),
  })
}
