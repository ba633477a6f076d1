import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppsV1Api, AutoscalingV2Api, CoreV1Api, KubeConfig, RbacAuthorizationV1Api } from '@kubernetes/client-node'
import { onTestFinished } from 'vitest'
import { systemClock } from '../../src/time/clock.ts'
import { createKubernetesSimulation } from '../../src/sandbox/kubernetes/simulation.ts'
import type { KubernetesSimulation } from '../../src/sandbox/kubernetes/simulation.ts'

/** The kubeconfig that leads to two simulated clusters on loopback. */
export const simulatedClusters = async (): Promise<string> => (await simulatedPair()).kubeconfig

/** The same with the simulations in hand, so that they can be made to fail. */
export async function simulatedPair(): Promise<{
  readonly kubeconfig: string
  readonly test: KubernetesSimulation
  readonly prod: KubernetesSimulation
}> {
  const folder = mkdtempSync(join(tmpdir(), 'readback-clusters-'))
  const names = ['test', 'prod'] as const
  const [test, prod] = [
    createKubernetesSimulation({ clock: systemClock, name: 'test', logFiles: 'allowed' }),
    createKubernetesSimulation({ clock: systemClock, name: 'prod', logFiles: 'allowed' }),
  ]
  const simulations = [test, prod]
  const urls = await Promise.all(simulations.map((simulation) => simulation.listen()))
  onTestFinished(async () => {
    await Promise.all(simulations.map((simulation) => simulation.close()))
    rmSync(folder, { recursive: true, force: true })
  })
  const file = join(folder, 'kubeconfig')
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: names.map((name, at) => ({
      name,
      cluster: { server: urls[at]?.url, 'insecure-skip-tls-verify': true },
    })),
    users: names.map((name) => ({ name, user: { token: 'admin' } })),
    contexts: names.map((name) => ({ name, context: { cluster: name, user: name } })),
    'current-context': 'test',
  }
  writeFileSync(file, JSON.stringify(kubeconfig))
  return { kubeconfig: file, test, prod }
}

export interface Observer {
  readonly apps: AppsV1Api
  readonly core: CoreV1Api
  readonly autoscaling: AutoscalingV2Api
  readonly rbac: RbacAuthorizationV1Api
}

/** Somebody else looking at the same cluster: the official client, not ours. */
export function anObserver(kubeconfig: string, context: 'test' | 'prod'): Observer {
  const config = new KubeConfig()
  config.loadFromFile(kubeconfig)
  config.setCurrentContext(context)
  return {
    apps: config.makeApiClient(AppsV1Api),
    core: config.makeApiClient(CoreV1Api),
    autoscaling: config.makeApiClient(AutoscalingV2Api),
    rbac: config.makeApiClient(RbacAuthorizationV1Api),
  }
}

/** A namespace of its own for one test, gone with it. */
export async function aNamespace(observers: readonly Observer[]): Promise<string> {
  const name = `shop-${Math.random().toString(36).slice(2, 8)}`
  await Promise.all(observers.map(({ core }) => core.createNamespace({ body: { metadata: { name } } })))
  onTestFinished(async () => {
    await Promise.all(observers.map(({ core }) => core.deleteNamespace({ name })))
  })
  return name
}

/** A Deployment whose pods are ready at once unless told; `image` decides what they do. */
export const deploymentNamed = (
  name: string,
  more: {
    readonly replicas?: number
    readonly image?: string
    readonly readyAfter?: string
    readonly annotations?: Readonly<Record<string, string>>
  } = {},
) => ({
  metadata: { name },
  spec: {
    replicas: more.replicas ?? 2,
    progressDeadlineSeconds: 8,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: {
        labels: { app: name },
        annotations: {
          'kubelab/ready-after': more.readyAfter ?? '50ms',
          'kubelab/stop-after': '50ms',
          ...more.annotations,
        },
      },
      spec: { containers: [{ name, image: more.image ?? `registry.example/shop/${name}:1.4.2` }] },
    },
  },
})

/** Lets a group change workloads in a namespace, and see what the bot reads for them. */
export const allowGroup = (observer: Observer, namespace: string, group: string): Promise<void> =>
  grant(observer, { namespace, group, changes: ['patch'] })

/** Lets a group see what the bot reads for an order, and change nothing. */
export const allowGroupToRead = (observer: Observer, namespace: string, group: string): Promise<void> =>
  grant(observer, { namespace, group, changes: [] })

async function grant(
  { rbac }: Observer,
  { namespace, group, changes }: { readonly namespace: string; readonly group: string; readonly changes: string[] },
): Promise<void> {
  await rbac.createNamespacedRole({
    namespace,
    body: {
      metadata: { name: group.replace(':', '-') },
      rules: [
        {
          apiGroups: ['apps'],
          resources: ['deployments', 'statefulsets', 'daemonsets', 'replicasets', 'controllerrevisions'],
          verbs: ['get', 'list', 'watch', ...changes],
        },
        { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: ['get', 'list', ...changes] },
        { apiGroups: [''], resources: ['pods', 'pods/log', 'events'], verbs: ['get', 'list', 'watch'] },
      ],
    },
  })
  await rbac.createNamespacedRoleBinding({
    namespace,
    body: {
      metadata: { name: group.replace(':', '-') },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: group.replace(':', '-') },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group }],
    },
  })
}
