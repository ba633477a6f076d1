import type { JsonObject } from '../../../src/json.ts'
import type { TestCluster } from './test-cluster.ts'
import { integer, list, record, text } from '../../../src/sandbox/kubernetes/fields.ts'
import { conditionOf, labelsOf, nameOf } from '../../../src/sandbox/kubernetes/objects.ts'
import { deployment, podTemplate, shop, startCluster } from './test-cluster.ts'
import { describe, expect, test } from 'vitest'

const apps = 'apps/v1'
const web = { apiVersion: apps, kind: 'Deployment', namespace: 'shop', name: 'web' } as const

const podsOf = ({ simulation }: TestCluster) => simulation.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop' })

async function running(...seed: JsonObject[]) {
  const cluster = await startCluster({ seed: [shop, ...seed] })
  await cluster.clock.advance(10_000)
  return cluster
}

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

  test('a pod that is deleted in the moment it is bound goes, too', async () => {
    const { simulation, clock } = await startCluster({ seed: [shop] })
    const pod = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'brief' }
    let bound = 0
    simulation.onChange(({ resource, object }) => {
      if (resource.kind !== 'Pod' || text(object, 'spec', 'nodeName') === '' || bound > 0) return
      bound += 1
      simulation.delete(pod)
    })
    simulation.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'brief', namespace: 'shop' },
      spec: record(podTemplate('brief'), 'spec'),
    })
    await clock.advance(60_000)
    expect(bound).toBe(1)
    expect(simulation.get(pod)).toBeUndefined()
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

  test.each(['Deployment', 'StatefulSet', 'DaemonSet'])(
    'a %s deleted and made again at once comes up',
    async (kind) => {
      const manifest: JsonObject =
        kind === 'Deployment'
          ? deployment('web')
          : {
              apiVersion: apps,
              kind,
              metadata: { name: 'web', namespace: 'shop' },
              spec: { selector: { matchLabels: { app: 'web' } }, template: podTemplate('web') },
            }
      const cluster = await running(manifest)
      const before = new Set(podsOf(cluster).map((pod) => text(pod, 'metadata', 'uid')))
      cluster.simulation.delete({ apiVersion: apps, kind, namespace: 'shop', name: 'web' })
      cluster.simulation.create(manifest)
      await cluster.clock.advance(10_000)
      const after = podsOf(cluster)
      expect(after.length).toBe(before.size)
      expect(after.some((pod) => before.has(text(pod, 'metadata', 'uid')))).toBe(false)
    },
  )

  test('a webhook that denies pods keeps a rollout waiting, and nothing else breaks', async () => {
    const cluster = await running(deployment('web'))
    const remove = cluster.simulation.faults.addWebhook({
      name: 'no.example',
      plural: 'replicasets',
      review: () => ({ deny: 'no' }),
    })
    cluster.simulation.patch(web, { spec: { template: { metadata: { annotations: { a: 'b' } } } } })
    await cluster.clock.advance(5000)
    expect(integer(cluster.simulation.get(web), 'status', 'availableReplicas')).toBe(2)
    remove()
    await cluster.clock.advance(120_000)
    expect(cluster.simulation.get(web)?.['status']).toMatchObject({ updatedReplicas: 2, availableReplicas: 2 })
  })
})
