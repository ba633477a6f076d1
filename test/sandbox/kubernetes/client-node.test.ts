import { deployment, eventually, shop, startCluster } from './test-cluster.ts'
import * as k8s from '@kubernetes/client-node'
import { expect, test } from 'vitest'

/** The official client as an independent peer: what it accepts was not written by us. */
async function peer() {
  const cluster = await startCluster({ seed: [shop, deployment('web')] })
  await cluster.clock.advance(3000)
  const config = new k8s.KubeConfig()
  config.loadFromOptions({
    clusters: [{ name: 'c', server: cluster.url, skipTLSVerify: true }],
    users: [{ name: 'u', token: 'admin' }],
    contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
    currentContext: 'x',
  })
  return { ...cluster, config }
}

test('typed reads, patches, dry runs and scale are understood by the official client', async () => {
  const { config, clock } = await peer()
  const api = config.makeApiClient(k8s.AppsV1Api)
  const listed = await api.listNamespacedDeployment({ namespace: 'shop' })
  expect(listed.items.map((item) => [item.metadata?.name, item.status?.availableReplicas])).toEqual([['web', 2]])
  expect(listed.items[0]?.metadata?.creationTimestamp).toBeInstanceOf(Date)
  const body = [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'registry.example/web:2' }]
  const dry = await api.patchNamespacedDeployment({ name: 'web', namespace: 'shop', body, dryRun: 'All' })
  expect(dry.spec?.template.spec?.containers[0]?.image).toBe('registry.example/web:2')
  expect((await api.readNamespacedDeployment({ name: 'web', namespace: 'shop' })).metadata?.generation).toBe(1)
  const scaled = await api.patchNamespacedDeploymentScale(
    { name: 'web', namespace: 'shop', body: { spec: { replicas: 3 } } },
    k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.MergePatch),
  )
  expect(scaled.spec?.replicas).toBe(3)
  await clock.advance(3000)
  const pods = await config
    .makeApiClient(k8s.CoreV1Api)
    .listNamespacedPod({ namespace: 'shop', labelSelector: 'app=web' })
  expect(pods.items).toHaveLength(3)
  await expect(api.readNamespacedDeployment({ name: 'nope', namespace: 'shop' })).rejects.toMatchObject({ code: 404 })
})

test('the generic object client finds kinds through discovery', async () => {
  const { config } = await peer()
  const client = k8s.KubernetesObjectApi.makeApiClient(config)
  const made = await client.create({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'gray', namespace: 'shop' },
  })
  expect(made).toMatchObject({ kind: 'Rollout', metadata: { name: 'gray', generation: 1 } })
  const status = await client.delete({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'gray', namespace: 'shop' },
  })
  expect(status.status).toBe('Success')
})

test('a watch of the official client hears a rollout', async () => {
  const { config, clock, simulation } = await peer()
  const heard: string[] = []
  const controller = await new k8s.Watch(config).watch(
    '/apis/apps/v1/namespaces/shop/deployments',
    { fieldSelector: 'metadata.name=web' },
    (phase) => heard.push(phase),
    () => undefined,
  )
  await eventually(() => heard.length > 0)
  simulation.patch(
    { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    { spec: { replicas: 4 } },
  )
  await clock.advance(3000)
  await eventually(() => heard.filter((phase) => phase === 'MODIFIED').length > 2)
  controller.abort()
  expect(heard[0]).toBe('ADDED')
})
