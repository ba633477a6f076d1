import type { JsonObject } from '../../../src/json.ts'
import type { TestCluster } from './test-cluster.ts'
import { integer, list, text } from '../../../src/sandbox/kubernetes/fields.ts'
import { conditionOf, labelsOf, nameOf } from '../../../src/sandbox/kubernetes/objects.ts'
import { nodeManifest } from '../../../src/sandbox/kubernetes/seed.ts'
import { deployment, podTemplate, shop, startCluster } from './test-cluster.ts'
import { describe, expect, test } from 'vitest'

const apps = 'apps/v1'
const statefulSet = (spec: JsonObject = {}): JsonObject => ({
  apiVersion: apps,
  kind: 'StatefulSet',
  metadata: { name: 'db', namespace: 'shop' },
  spec: {
    replicas: 3,
    serviceName: 'db',
    selector: { matchLabels: { app: 'db' } },
    template: podTemplate('db', { image: 'registry.example/db:1' }),
    ...spec,
  },
})
const daemonSet = (spec: JsonObject = {}): JsonObject => ({
  apiVersion: apps,
  kind: 'DaemonSet',
  metadata: { name: 'agent', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'agent' } },
    template: podTemplate('agent', { image: 'registry.example/agent:1' }),
    ...spec,
  },
})
const db = { apiVersion: apps, kind: 'StatefulSet', namespace: 'shop', name: 'db' } as const
const agent = { apiVersion: apps, kind: 'DaemonSet', namespace: 'shop', name: 'agent' } as const
const web = { apiVersion: apps, kind: 'Deployment', namespace: 'shop', name: 'web' } as const
const hpa = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', namespace: 'shop', name: 'web' } as const

const podsOf = ({ simulation }: TestCluster) => simulation.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop' })
const images = (cluster: TestCluster) =>
  Object.fromEntries(
    podsOf(cluster).map((pod) => [nameOf(pod), text(pod, 'spec', 'containers', 0, 'image').split(':')[1]]),
  )
const image = (name: string, tag: string): JsonObject => ({
  spec: { template: { spec: { containers: [{ name: 'app', image: `registry.example/${name}:${tag}` }] } } },
})
const revisionsOf = ({ simulation }: TestCluster) =>
  simulation
    .list({ apiVersion: apps, kind: 'ControllerRevision', namespace: 'shop' })
    .map((one) => integer(one, 'revision') ?? 0)
    .sort((a, b) => a - b)

async function running(...seed: JsonObject[]) {
  const cluster = await startCluster({ seed: [shop, ...seed] })
  await cluster.clock.advance(10_000)
  return cluster
}

describe('a StatefulSet', () => {
  test('starts its pods one after the other, in order', async () => {
    const cluster = await startCluster({ seed: [shop, statefulSet()] })
    const born: string[] = []
    cluster.simulation.onChange(({ type, resource, object }) => {
      if (type === 'ADDED' && resource.kind === 'Pod')
        born.push(
          `${nameOf(object)} after ${podsOf(cluster).filter((pod) => text(conditionOf(pod, 'Ready'), 'status') === 'True').length} ready`,
        )
    })
    await cluster.clock.advance(10_000)
    expect([...new Set(['db-0 after 0 ready', ...born])]).toEqual([
      'db-0 after 0 ready',
      'db-1 after 1 ready',
      'db-2 after 2 ready',
    ])
    expect(cluster.simulation.get(db)?.['status']).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      updatedReplicas: 3,
      currentReplicas: 3,
      availableReplicas: 3,
    })
  })

  test('rolls from the highest number down and stops at a pod that does not come up', async () => {
    const cluster = await running(statefulSet())
    cluster.simulation.patch(db, image('db', 'neverready'))
    await cluster.clock.advance(30_000)
    expect(images(cluster)).toEqual({ 'db-0': '1', 'db-1': '1', 'db-2': 'neverready' })
    expect(cluster.simulation.get(db)?.['status']).toMatchObject({
      updatedReplicas: 1,
      readyReplicas: 2,
      currentReplicas: 2,
    })
  })

  test('finishes a rollout with current and update revision equal, and keeps both revisions', async () => {
    const cluster = await running(statefulSet())
    cluster.simulation.patch(db, image('db', '2'))
    await cluster.clock.advance(30_000)
    const status = cluster.simulation.get(db)?.['status'] ?? null
    expect(text(status, 'currentRevision')).toBe(text(status, 'updateRevision'))
    expect(new Set(Object.values(images(cluster)))).toEqual(new Set(['2']))
    expect(revisionsOf(cluster)).toEqual([1, 2])
  })

  test('gives an old template a new number when it comes back', async () => {
    const cluster = await running(statefulSet())
    for (const tag of ['2', '1']) {
      cluster.simulation.patch(db, image('db', tag))
      await cluster.clock.advance(30_000)
    }
    expect(revisionsOf(cluster)).toEqual([2, 3])
  })

  test('updates only from the partition up', async () => {
    const cluster = await running(
      statefulSet({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } }),
    )
    cluster.simulation.patch(db, image('db', '2'))
    await cluster.clock.advance(30_000)
    expect(images(cluster)).toEqual({ 'db-0': '1', 'db-1': '1', 'db-2': '2' })
  })

  test('with OnDelete replaces a pod only when somebody deletes it', async () => {
    const cluster = await running(statefulSet({ updateStrategy: { type: 'OnDelete' } }))
    cluster.simulation.patch(db, image('db', '2'))
    await cluster.clock.advance(10_000)
    expect(new Set(Object.values(images(cluster)))).toEqual(new Set(['1']))
    cluster.simulation.delete({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'db-1' })
    await cluster.clock.advance(10_000)
    expect(images(cluster)).toEqual({ 'db-0': '1', 'db-1': '2', 'db-2': '1' })
  })

  test('shrinks from the highest number', async () => {
    const cluster = await running(statefulSet())
    cluster.simulation.patch(db, { spec: { replicas: 1 } })
    await cluster.clock.advance(10_000)
    expect(Object.keys(images(cluster))).toEqual(['db-0'])
  })
})

describe('a DaemonSet', () => {
  test('runs one pod on each node, not on tainted ones', async () => {
    const taints = [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }]
    const cluster = await running(
      nodeManifest('master', { taints }),
      nodeManifest('node-1'),
      nodeManifest('node-2'),
      daemonSet(),
    )
    expect(new Set(podsOf(cluster).map((pod) => text(pod, 'spec', 'nodeName')))).toEqual(new Set(['node-1', 'node-2']))
    expect(cluster.simulation.get(agent)?.['status']).toMatchObject({
      desiredNumberScheduled: 2,
      numberAvailable: 2,
      updatedNumberScheduled: 2,
    })
    cluster.simulation.create(nodeManifest('node-3'))
    await cluster.clock.advance(5000)
    expect(podsOf(cluster)).toHaveLength(2)
  })

  test('replaces one pod at a time', async () => {
    const cluster = await running(daemonSet())
    const available: number[] = []
    cluster.simulation.onChange(({ resource, object }) => {
      if (resource.kind === 'DaemonSet') available.push(integer(object, 'status', 'numberAvailable') ?? 0)
    })
    cluster.simulation.patch(agent, image('agent', '2'))
    await cluster.clock.advance(30_000)
    expect(new Set(Object.values(images(cluster)))).toEqual(new Set(['2']))
    expect(Math.min(...available)).toBe(2)
    expect(revisionsOf(cluster)).toEqual([1, 2])
  })

  test('stops at a node whose new pod does not come up', async () => {
    const cluster = await running(daemonSet())
    cluster.simulation.patch(agent, image('agent', 'missing'))
    await cluster.clock.advance(60_000)
    expect(Object.values(images(cluster)).filter((tag) => tag === 'missing')).toHaveLength(1)
    expect(cluster.simulation.get(agent)?.['status']).toMatchObject({ updatedNumberScheduled: 1, numberUnavailable: 1 })
  })
})

const autoscaler = (min: number, max: number): JsonObject => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { scaleTargetRef: { apiVersion: apps, kind: 'Deployment', name: 'web' }, minReplicas: min, maxReplicas: max },
})
const replicas = ({ simulation }: TestCluster) => integer(simulation.get(web), 'spec', 'replicas')

describe('an autoscaler', () => {
  test('follows the load between its bounds, up at the next sync, down when the peak is five minutes old', async () => {
    const cluster = await running(deployment('web'), autoscaler(2, 6))
    cluster.simulation.setLoad(hpa, 400)
    await cluster.clock.advance(20_000)
    expect(replicas(cluster)).toBe(5)
    cluster.simulation.setLoad(hpa, 4000)
    await cluster.clock.advance(60_000)
    expect(replicas(cluster)).toBe(6)
    expect(conditionOf(cluster.simulation.get(hpa) ?? {}, 'ScalingLimited')).toMatchObject({
      status: 'True',
      reason: 'TooManyReplicas',
    })
    cluster.simulation.setLoad(hpa, 100)
    await cluster.clock.advance(120_000)
    expect(replicas(cluster)).toBe(6)
    await cluster.clock.advance(400_000)
    expect(replicas(cluster)).toBe(2)
  })

  test('undoes a scaling by hand inside its bounds', async () => {
    const cluster = await running(deployment('web'), autoscaler(2, 6))
    cluster.simulation.setLoad(hpa, 240)
    await cluster.clock.advance(20_000)
    expect(replicas(cluster)).toBe(3)
    cluster.simulation.patch(web, { spec: { replicas: 2 } })
    await cluster.clock.advance(20_000)
    expect(replicas(cluster)).toBe(3)
  })

  test('without metrics still keeps its bounds, and says what it lacks', async () => {
    const cluster = await running(deployment('web'), autoscaler(4, 6))
    await cluster.clock.advance(30_000)
    expect(replicas(cluster)).toBe(4)
    expect(conditionOf(cluster.simulation.get(hpa) ?? {}, 'ScalingActive')).toMatchObject({
      status: 'False',
      reason: 'FailedGetResourceMetric',
    })
  })

  test('is switched off by zero replicas', async () => {
    const cluster = await running(deployment('web'), autoscaler(2, 6))
    cluster.simulation.patch(web, { spec: { replicas: 0 } })
    await cluster.clock.advance(60_000)
    expect(replicas(cluster)).toBe(0)
    expect(text(conditionOf(cluster.simulation.get(hpa) ?? {}, 'ScalingActive'), 'reason')).toBe('ScalingDisabled')
  })

  test('rests when nothing moves', async () => {
    const cluster = await running(deployment('web'), autoscaler(2, 6))
    cluster.simulation.setLoad(hpa, 400)
    await cluster.clock.advance(1_000_000)
    expect(cluster.clock.pending()).toBe(0)
  })
})

describe('things that break', () => {
  test('a container that is killed restarts and leaves how it ended', async () => {
    const cluster = await running(deployment('web', { replicas: 1 }))
    const name = nameOf(podsOf(cluster)[0])
    cluster.simulation.failPod({ namespace: 'shop', name }, { reason: 'OOMKilled', exitCode: 137 })
    await cluster.clock.advance(500)
    expect(integer(cluster.simulation.get(web), 'status', 'availableReplicas')).toBeUndefined()
    await cluster.clock.advance(5000)
    const status = list(podsOf(cluster)[0], 'status', 'containerStatuses')[0] ?? {}
    expect(status).toMatchObject({
      ready: true,
      restartCount: 1,
      lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
    })
  })

  test('a probe that fails takes the pod out until it holds again', async () => {
    const cluster = await running(deployment('web', { replicas: 1 }))
    const name = nameOf(podsOf(cluster)[0])
    cluster.simulation.failReadiness({ namespace: 'shop', name }, 'Readiness probe failed: connection refused')
    await cluster.clock.advance(1000)
    expect(text(conditionOf(podsOf(cluster)[0] ?? {}, 'Ready'), 'message')).toBe(
      'Readiness probe failed: connection refused',
    )
    cluster.simulation.failReadiness({ namespace: 'shop', name }, undefined)
    await cluster.clock.advance(1000)
    expect(integer(cluster.simulation.get(web), 'status', 'availableReplicas')).toBe(1)
  })

  test('a pod that is deleted is replaced under a new name with the labels of its set', async () => {
    const cluster = await running(deployment('web', { replicas: 1 }))
    const [pod] = podsOf(cluster)
    cluster.simulation.delete({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: nameOf(pod) })
    await cluster.clock.advance(5000)
    const [next] = podsOf(cluster)
    expect(nameOf(next)).not.toBe(nameOf(pod))
    expect(labelsOf(next)).toEqual(labelsOf(pod))
  })

  test('no pod is put on a node that is not ready', async () => {
    const cluster = await startCluster({ seed: [shop] })
    for (const node of ['node-1', 'node-3']) cluster.simulation.setNodeReady(node, 'Unknown')
    cluster.simulation.create(deployment('web', { replicas: 4 }))
    await cluster.clock.advance(2000)
    expect(new Set(podsOf(cluster).map((pod) => text(pod, 'spec', 'nodeName')))).toEqual(new Set(['node-2']))
  })

  test('a cluster keeps no more events than its limit', async () => {
    const cluster = await startCluster({ seed: [shop, deployment('web', { replicas: 5 })], eventLimit: 10 })
    await cluster.clock.advance(5000)
    expect(cluster.simulation.list({ apiVersion: 'v1', kind: 'Event' })).toHaveLength(10)
  })
})
