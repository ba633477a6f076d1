import { createCluster } from '../../../src/clusters/direct/cluster.ts'
import { kubeconfigFiles, loadKubeconfig } from '../../../src/clusters/direct/kubeconfig.ts'
import { ClusterName } from '../../../src/clusters/names.ts'
import { systemClock } from '../../../src/time/clock.ts'
import { createApiClient } from '../../contract/api-client.ts'
import { clusterContract } from '../../contract/cluster.ts'
import type { ClusterWorld } from '../../contract/cluster-world.ts'
import { podLogsContract } from '../../contract/pod-logs.ts'
import { setTimeout } from 'node:timers/promises'

for (const context of ['test', 'prod']) {
  const begin = async (): Promise<ClusterWorld> => {
    const files = kubeconfigFiles(process.env)
    const cluster = createCluster({
      config: {
        name: ClusterName.parse(context),
        environment: 'test',
        impersonate: true,
        timeoutMs: 10_000,
        way: { kind: 'kubeconfig', files, context },
      },
      clock: systemClock,
      environment: process.env,
      log: { debug: () => undefined, warn: () => undefined },
    })
    const { server, ca, user } = await loadKubeconfig(files, context)
    const { token, certificate } = user
    const pem = (material: typeof ca) => (material && 'pem' in material ? material.pem : undefined)
    const [authority, cert, key] = [pem(ca), pem(certificate?.cert), pem(certificate?.key)]
    const api = createApiClient({
      server,
      ...(token !== undefined && { token }),
      ...(authority !== undefined && { ca: authority }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    })
    return {
      cluster,
      api,
      pass: (ms) => setTimeout(ms),
      close: async () => {
        await cluster.close()
        await api.close()
      },
    }
  }
  clusterContract(`the real cluster ${context}, reached directly`, begin)
  podLogsContract(`the real cluster ${context}, reached directly`, begin, { ephemeral: 'can be added' })
}
