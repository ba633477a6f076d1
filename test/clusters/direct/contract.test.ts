import { createKubernetesSimulation } from '../../../src/sandbox/kubernetes/simulation.ts'
import { createApiClient } from '../../contract/api-client.ts'
import { clusterContract } from '../../contract/cluster.ts'
import type { ClusterWorld } from '../../contract/cluster-world.ts'
import { podLogsContract } from '../../contract/pod-logs.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { aCluster } from '../a-cluster.ts'

async function begin(): Promise<ClusterWorld> {
  const clock = createManualClock()
  const simulation = createKubernetesSimulation({ clock, name: 'test' })
  const { url } = await simulation.listen()
  await clock.advance(0)
  const cluster = aCluster({ way: { kind: 'server', server: url, token: 'admin' }, clock })
  const api = createApiClient({ server: url, token: 'admin' })
  return {
    cluster,
    api,
    pass: (ms) => clock.advance(ms),
    close: async () => {
      await cluster.close()
      await api.close()
      await simulation.close()
    },
  }
}

clusterContract('the simulated cluster, reached directly', begin)
podLogsContract('the simulated cluster, reached directly', begin, { ephemeral: 'cannot be added' })
