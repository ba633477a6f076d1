import { expect, test } from 'vitest'
import { connectClusters, warnOfUnusable } from '../../src/clusters/connect.ts'
import { ClusterName } from '../../src/clusters/names.ts'
import { systemClock } from '../../src/time/clock.ts'
import { simulatedClusters } from '../support/clusters.ts'

test('a cluster whose kubeconfig cannot be used is named in the log at the start, and only that one', async () => {
  const warned: unknown[] = []
  const quiet = (): void => {}
  const log = { debug: quiet, info: quiet, warn: (fields: unknown) => void warned.push(fields), error: quiet }
  const [test, prod] = [ClusterName.parse('test'), ClusterName.parse('prod')]
  const files = [await simulatedClusters()]
  const common = { environment: 'test', impersonate: false, timeoutMs: 5_000 }
  const clusters = connectClusters(
    {
      clusters: new Map([
        [test, { ...common, name: test, way: { kind: 'kubeconfig', files, context: 'test' } as const }],
        [prod, { ...common, name: prod, way: { kind: 'kubeconfig', files, context: 'no-such-context' } as const }],
      ]),
    },
    { clock: systemClock, log, environment: {} },
  )
  await warnOfUnusable(clusters, log)
  expect(warned).toMatchObject([{ cluster: 'prod', problem: { code: 'cluster_unauthorized' } }])
  await Promise.all([...clusters.values()].map((cluster) => cluster.close()))
})
