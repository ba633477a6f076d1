import type { JsonObject } from '../../../src/json.ts'
import type { TestCluster } from './test-cluster.ts'
import { integer, text } from '../../../src/sandbox/kubernetes/fields.ts'
import { conditionOf, nameOf } from '../../../src/sandbox/kubernetes/objects.ts'
import { nodeManifest } from '../../../src/sandbox/kubernetes/seed.ts'
import { podTemplate, shop, startCluster } from './test-cluster.ts'
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
