import type { TestCluster } from './test-cluster.ts'
import { integer, list, text } from '../../../src/sandbox/kubernetes/fields.ts'
import { conditionOf } from '../../../src/sandbox/kubernetes/objects.ts'
import { deployment, deployments, jsonPatch, shop, startCluster } from './test-cluster.ts'
import { describe, expect, test } from 'vitest'

const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' } as const
const template = '/spec/template/spec/containers/0/image'

const podsOf = ({ simulation }: TestCluster) => simulation.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop' })
const messages = ({ simulation }: TestCluster, reason: string) =>
  simulation
    .list({ apiVersion: 'v1', kind: 'Event', namespace: 'shop' })
    .filter((event) => text(event, 'reason') === reason)
    .map((event) => text(event, 'message'))

const stateOf = (cluster: TestCluster) => list(podsOf(cluster)[0], 'status', 'containerStatuses')[0] ?? {}

async function running(more: Parameters<typeof deployment>[1] = {}) {
  const cluster = await startCluster({ seed: [shop, deployment('web', more)] })
  await cluster.clock.advance(5000)
  return cluster
}

describe('what a pod does is chosen by its tag', () => {
  test('missing: never starts, first ErrImagePull, then ImagePullBackOff', async () => {
    const cluster = await startCluster({
      seed: [shop, deployment('web', { replicas: 1, image: 'registry.example/web:1-missing' })],
    })
    await cluster.clock.advance(100)
    expect(stateOf(cluster)['state']).toEqual({ waiting: { reason: 'ErrImagePull', message: 'manifest unknown' } })
    await cluster.clock.advance(1000)
    expect(stateOf(cluster)['state']).toEqual({
      waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "registry.example/web:1-missing"' },
    })
    expect(text(podsOf(cluster)[0], 'status', 'phase')).toBe('Pending')
    expect(messages(cluster, 'Failed')).toContain('Error: ImagePullBackOff')
  })

  test('crash: restarts count up, and the last run has an exit code', async () => {
    const cluster = await startCluster({
      seed: [shop, deployment('web', { replicas: 1, image: 'registry.example/web:crash' })],
    })
    await cluster.clock.advance(10_000)
    expect(integer(stateOf(cluster), 'restartCount')).toBeGreaterThanOrEqual(3)
    expect(stateOf(cluster)).toMatchObject({
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    })
  })

  test('neverready: runs, and its probe fails', async () => {
    const cluster = await startCluster({
      seed: [shop, deployment('web', { replicas: 1, image: 'registry.example/web:neverready' })],
    })
    await cluster.clock.advance(60_000)
    expect(stateOf(cluster)).toMatchObject({ ready: false, state: { running: {} } })
    expect(messages(cluster, 'Unhealthy')).toEqual(['Readiness probe failed: HTTP probe failed with statuscode: 503'])
  })

  test('ready-after and stop-after are honoured', async () => {
    const podAnnotations = { 'kubelab/ready-after': '10s', 'kubelab/stop-after': '7s' }
    const cluster = await startCluster({ seed: [shop, deployment('web', { replicas: 1, podAnnotations })] })
    await cluster.clock.advance(9000)
    expect(stateOf(cluster)['ready']).toBe(false)
    await cluster.clock.advance(2000)
    expect(stateOf(cluster)['ready']).toBe(true)
    cluster.simulation.patch(web, { spec: { replicas: 0 } })
    await cluster.clock.advance(6000)
    expect(podsOf(cluster)).toHaveLength(1)
    await cluster.clock.advance(2000)
    expect(podsOf(cluster)).toHaveLength(0)
  })
})

test('a pod that fits nowhere is Pending with the scheduler’s words, and starts when there is room', async () => {
  const cluster = await startCluster({
    seed: [shop, deployment('web', { replicas: 1, container: { resources: { requests: { cpu: '64' } } } })],
  })
  await cluster.clock.advance(1000)
  expect(text(conditionOf(podsOf(cluster)[0] ?? {}, 'PodScheduled'), 'message')).toMatch(
    /^0\/3 nodes are available: 3 Insufficient cpu\./,
  )
  expect(messages(cluster, 'FailedScheduling')).toHaveLength(1)
  cluster.simulation.patch(
    { apiVersion: 'v1', kind: 'Node', name: 'node-2', subresource: 'status' },
    { status: { allocatable: { cpu: '96' } } },
  )
  await cluster.clock.advance(1000)
  expect(text(podsOf(cluster)[0], 'spec', 'nodeName')).toBe('node-2')
})

test('a cluster where nothing changes sets no timers and writes nothing', async () => {
  const cluster = await running()
  await cluster.clock.advance(700_000)
  const before = cluster.simulation.list(web).map((object) => text(object, 'metadata', 'resourceVersion'))
  const timers = cluster.clock.pending()
  await cluster.clock.advance(3_600_000)
  expect(timers).toBe(0)
  expect(cluster.simulation.list(web).map((object) => text(object, 'metadata', 'resourceVersion'))).toEqual(before)
})

test('close leaves no timer behind in the middle of a rollout', async () => {
  const cluster = await running()
  await cluster.call('PATCH', `${deployments}/web`, {
    type: jsonPatch,
    body: [{ op: 'replace', path: template, value: 'registry.example/web:crash' }],
  })
  await cluster.clock.advance(500)
  expect(cluster.clock.pending()).toBeGreaterThan(0)
  await cluster.simulation.close()
  expect(cluster.clock.pending()).toBe(0)
})
