import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppsV1Api, CoreV1Api, KubeConfig } from '@kubernetes/client-node'
import { systemClock } from '../../src/time/clock.ts'
import { createCluster } from '../../src/clusters/direct/cluster.ts'
import { ClusterName } from '../../src/clusters/names.ts'
import { median, pairedRatio, rounds } from '../numbers.ts'
import type { Row } from '../row.ts'
import { atLeast, mebibytes } from '../row.ts'

const nothing = (): void => {}
const name = 'bench-talker'

export const logs: Row = {
  name: 'logs',
  about: 'following the log of one pod of a real cluster',
  run: async (bench) => {
    const kubelab = join(bench.root, '../shared/kubelab/kubelab')
    const kubeconfig = process.env['KUBECONFIG']
    if (kubeconfig === undefined || !existsSync(kubelab))
      return [
        {
          what: 'log follow, one pod',
          ours: '',
          against: '',
          note: 'not measured: no kubelab, or KUBECONFIG is not set',
        },
      ]

    const config = new KubeConfig()
    config.loadFromFile(kubeconfig)
    config.setCurrentContext('test')
    const core = config.makeApiClient(CoreV1Api)
    const namespace = `bench-${Date.now().toString(36)}`
    try {
      await core.createNamespace({ body: { metadata: { name: namespace } } })
    } catch (error) {
      return [
        {
          what: 'log follow, one pod',
          ours: '',
          against: '',
          note: `not measured: the cluster of KUBECONFIG does not answer (${String(error)})`,
        },
      ]
    }
    try {
      const file = join(bench.folder, 'talk.log')
      const size = bench.count('LOG_MIB', 32) * 1_048_576
      const line = `level=info msg="order accepted" order=4711 customer=0815 took=12ms path=/api/orders status=201\n`
      const lines = Math.ceil(size / line.length)
      writeFileSync(file, line.repeat(lines))
      const pod = await aTalker(config, { namespace, file })
      const follow = { namespace, pod, container: name }
      const cluster = createCluster({
        config: {
          name: ClusterName.parse('test'),
          environment: 'test',
          impersonate: false,
          timeoutMs: 10_000,
          way: { kind: 'kubeconfig', files: [kubeconfig], context: 'test' },
        },
        clock: systemClock,
        log: { debug: nothing, warn: nothing },
        environment: process.env,
      })
      const ours = async (): Promise<number> => {
        const begun = performance.now()
        const stop = new AbortController()
        let seen = 0
        for await (const found of cluster.as('bot').logs({ ...follow, follow: true }, stop.signal)) {
          if (found.text.length > 0) seen += 1
          if (seen >= lines) break
        }
        stop.abort()
        return rateOf(lines * line.length, begun)
      }
      const theirs = (): Promise<number> =>
        throughKubectl(kubelab, { ...follow, kubeconfig, bytes: lines * line.length })
      await ours()
      const [mine = [], kubectl = []] = await rounds(bench.count('LOG_ROUNDS', 5), [ours, theirs])
      await cluster.close()
      const ratio = pairedRatio(mine, kubectl)
      return [
        {
          what: `log follow, one pod, ${mebibytes(size)}`,
          ours: `${mebibytes(median(mine))}/s`,
          against: `kubectl logs -f ${mebibytes(median(kubectl))}/s`,
          ratio,
          reach: atLeast(0.8, ratio),
        },
      ]
    } finally {
      await core.deleteNamespace({ name: namespace })
    }
  },
}

/** Starts the pod and answers its name once its log can be read. */
async function aTalker(
  config: KubeConfig,
  { namespace, file }: { readonly namespace: string; readonly file: string },
): Promise<string> {
  const labels = { app: name }
  await config.makeApiClient(AppsV1Api).createNamespacedDeployment({
    namespace,
    body: {
      metadata: { name },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels, annotations: { 'kubelab/log-file': file } },
          spec: { containers: [{ name, image: 'registry.example/bench/talker:1' }] },
        },
      },
    },
  })
  const core = config.makeApiClient(CoreV1Api)
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const [pod] = (await core.listNamespacedPod({ namespace })).items
    if (pod?.status?.phase === 'Running' && pod.metadata?.name !== undefined) return pod.metadata.name
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('the pod does not start')
}

interface Following {
  readonly namespace: string
  readonly pod: string
  readonly kubeconfig: string
  readonly bytes: number
}

/** kubectl's own start is not counted: the clock runs from its first byte, as for ours from a connection that stands. */
function throughKubectl(kubelab: string, { namespace, pod, kubeconfig, bytes }: Following): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      kubelab,
      ['kubectl', '--kubeconfig', kubeconfig, '--context', 'test', '-n', namespace, 'logs', '-f', pod],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let begun: number | undefined
    let seen = 0
    child.stdout.on('data', (chunk: Buffer) => {
      begun ??= performance.now()
      seen += chunk.length
      if (seen < bytes) return
      resolve(rateOf(bytes, begun))
      child.kill('SIGKILL')
    })
    child.once('error', reject)
    child.once('close', () => reject(new Error(`kubectl ended after ${seen} bytes`)))
  })
}

const rateOf = (bytes: number, begun: number): number => bytes / ((performance.now() - begun) / 1000)
