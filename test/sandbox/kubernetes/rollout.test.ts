import type { JsonObject } from '../../../src/json.ts'
import type { TestCluster } from './test-cluster.ts'
import { integer, text } from '../../../src/sandbox/kubernetes/fields.ts'
import { annotationsOf, conditionOf, nameOf } from '../../../src/sandbox/kubernetes/objects.ts'
import { deployment, deployments, mergePatch, shop, startCluster } from './test-cluster.ts'
import { describe, expect, test } from 'vitest'

const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' } as const

const get = ({ simulation }: TestCluster): JsonObject => simulation.get(web) ?? {}
const progressing = (cluster: TestCluster) => text(conditionOf(get(cluster), 'Progressing'), 'reason')
const podsOf = ({ simulation }: TestCluster) => simulation.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop' })
const setsOf = ({ simulation }: TestCluster) =>
  simulation.list({ apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace: 'shop' })
const imagesOf = (cluster: TestCluster) => podsOf(cluster).map((pod) => text(pod, 'spec', 'containers', 0, 'image'))
const setImage = ({ simulation }: TestCluster, image: string) =>
  simulation.patch(web, { spec: { template: { spec: { containers: [{ name: 'app', image }] } } } })
const messages = ({ simulation }: TestCluster, reason: string) =>
  simulation
    .list({ apiVersion: 'v1', kind: 'Event', namespace: 'shop' })
    .filter((event) => text(event, 'reason') === reason)
    .map((event) => text(event, 'message'))

async function running(more: Parameters<typeof deployment>[1] = {}) {
  const cluster = await startCluster({ seed: [shop, deployment('web', more)] })
  await cluster.clock.advance(5000)
  return cluster
}

describe('a Deployment', () => {
  test('comes up with one ReplicaSet, ready pods and the conditions of the real controller', async () => {
    const cluster = await running({ replicas: 3 })
    expect(get(cluster)['status']).toMatchObject({
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      observedGeneration: 1,
    })
    expect(progressing(cluster)).toBe('NewReplicaSetAvailable')
    expect(text(conditionOf(get(cluster), 'Progressing'), 'message')).toMatch(
      /^ReplicaSet "web-\w+" has successfully progressed\.$/,
    )
    expect(text(conditionOf(get(cluster), 'Available'), 'reason')).toBe('MinimumReplicasAvailable')
    expect(annotationsOf(get(cluster))['deployment.kubernetes.io/revision']).toBe('1')
    expect(messages(cluster, 'ScalingReplicaSet')[0]).toMatch(/^Scaled up replica set web-\w+ from 0 to 3$/)
  })

  test('never has fewer available pods than allowed, nor more pods than surge, while it rolls', async () => {
    const cluster = await running({
      replicas: 4,
      spec: { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } },
    })
    const seen: { total: number; available: number }[] = []
    cluster.simulation.onChange(({ resource, object }) => {
      if (resource.kind === 'Deployment' && nameOf(object) === 'web')
        seen.push({
          total: integer(object, 'status', 'replicas') ?? 0,
          available: integer(object, 'status', 'availableReplicas') ?? 0,
        })
    })
    setImage(cluster, 'registry.example/shop/web:1.1')
    await cluster.clock.advance(20_000)
    expect(imagesOf(cluster)).toEqual(Array.from({ length: 4 }, () => 'registry.example/shop/web:1.1'))
    expect(Math.max(...seen.map(({ total }) => total))).toBeLessThanOrEqual(5)
    expect(Math.min(...seen.map(({ available }) => available))).toBeGreaterThanOrEqual(3)
    expect(seen.length).toBeGreaterThan(4)
  })

  test('says that it hangs once the progress deadline is over, and recovers', async () => {
    const cluster = await running({ spec: { progressDeadlineSeconds: 30 } })
    setImage(cluster, 'registry.example/shop/web:missing')
    await cluster.clock.advance(5000)
    expect(progressing(cluster)).toBe('ReplicaSetUpdated')
    await cluster.clock.advance(40_000)
    expect(conditionOf(get(cluster), 'Progressing')).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
    })
    setImage(cluster, 'registry.example/shop/web:1.0')
    await cluster.clock.advance(5000)
    expect(progressing(cluster)).toBe('NewReplicaSetAvailable')
  })

  test('reuses the old ReplicaSet on rollback, gives it the next revision and remembers its old number', async () => {
    const cluster = await running()
    const [first] = setsOf(cluster)
    setImage(cluster, 'registry.example/shop/web:1.1')
    await cluster.clock.advance(10_000)
    setImage(cluster, 'registry.example/shop/web:1.0')
    await cluster.clock.advance(10_000)
    expect(setsOf(cluster)).toHaveLength(2)
    const reused = setsOf(cluster).find((set) => nameOf(set) === nameOf(first))
    expect(annotationsOf(reused)).toMatchObject({
      'deployment.kubernetes.io/revision': '3',
      'deployment.kubernetes.io/revision-history': '1',
    })
    expect(annotationsOf(get(cluster))['deployment.kubernetes.io/revision']).toBe('3')
  })

  test('copies the change cause to the revision it belongs to', async () => {
    const cluster = await running()
    cluster.simulation.patch(web, {
      metadata: { annotations: { 'kubernetes.io/change-cause': 'fix 1432' } },
      spec: { template: { spec: { containers: [{ name: 'app', image: 'registry.example/shop/web:1.1' }] } } },
    })
    await cluster.clock.advance(10_000)
    const causes = setsOf(cluster).map((set) => [
      annotationsOf(set)['deployment.kubernetes.io/revision'],
      annotationsOf(set)['kubernetes.io/change-cause'],
    ])
    expect(Object.fromEntries(causes)).toEqual({ 1: undefined, 2: 'fix 1432' })
  })

  test('keeps no more old revisions than revisionHistoryLimit', async () => {
    const cluster = await running({ spec: { revisionHistoryLimit: 2 } })
    for (const version of ['1.1', '1.2', '1.3', '1.4']) {
      setImage(cluster, `registry.example/shop/web:${version}`)
      await cluster.clock.advance(10_000)
    }
    const revisions = setsOf(cluster).map((set) => annotationsOf(set)['deployment.kubernetes.io/revision'])
    expect(new Set(revisions)).toEqual(new Set(['3', '4', '5']))
  })

  test('rolls nothing out while paused, says so, and goes on when resumed', async () => {
    const cluster = await running()
    cluster.simulation.patch(web, { spec: { paused: true } })
    setImage(cluster, 'registry.example/shop/web:1.1')
    await cluster.clock.advance(10_000)
    expect(imagesOf(cluster)).not.toContain('registry.example/shop/web:1.1')
    expect(conditionOf(get(cluster), 'Progressing')).toMatchObject({ status: 'Unknown', reason: 'DeploymentPaused' })
    cluster.simulation.patch(web, { spec: { paused: null } })
    await cluster.clock.advance(10_000)
    expect(new Set(imagesOf(cluster))).toEqual(new Set(['registry.example/shop/web:1.1']))
  })

  test('with Recreate ends every old pod before the first new one starts', async () => {
    const cluster = await running({ spec: { strategy: { type: 'Recreate' } } })
    let mixed = 0
    cluster.simulation.onChange(() => {
      if (new Set(imagesOf(cluster)).size > 1) mixed += 1
    })
    setImage(cluster, 'registry.example/shop/web:1.1')
    await cluster.clock.advance(10_000)
    expect(new Set(imagesOf(cluster))).toEqual(new Set(['registry.example/shop/web:1.1']))
    expect(mixed).toBe(0)
  })

  test('spreads a new size over both ReplicaSets in the middle of a rollout', async () => {
    const cluster = await running({
      replicas: 4,
      spec: { strategy: { rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } } },
    })
    setImage(cluster, 'registry.example/shop/web:neverready')
    await cluster.clock.advance(5000)
    cluster.simulation.patch(web, { spec: { replicas: 8 } })
    await cluster.clock.advance(5000)
    const sizes = setsOf(cluster).map((set) => integer(set, 'spec', 'replicas') ?? 0)
    expect(sizes.reduce((a, b) => a + b)).toBe(10)
    expect(Math.min(...sizes)).toBeGreaterThan(2)
  })

  test('waits minReadySeconds before a pod counts as available', async () => {
    const cluster = await startCluster({ seed: [shop, deployment('web', { spec: { minReadySeconds: 20 } })] })
    await cluster.clock.advance(5000)
    expect(get(cluster)['status']).toMatchObject({ readyReplicas: 2, unavailableReplicas: 2 })
    await cluster.clock.advance(20_000)
    expect(get(cluster)['status']).toMatchObject({ availableReplicas: 2 })
  })

  test('shows on the Deployment why its ReplicaSet may not create pods', async () => {
    const quota: JsonObject = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'few', namespace: 'shop' },
      spec: { hard: { pods: '1' } },
    }
    const cluster = await startCluster({ seed: [shop, quota, deployment('web')] })
    await cluster.clock.advance(3000)
    const failure = conditionOf(get(cluster), 'ReplicaFailure')
    expect(failure).toMatchObject({ status: 'True', reason: 'FailedCreate' })
    expect(text(failure, 'message')).toMatch(
      /^pods "web-\w+-\w{5}" is forbidden: exceeded quota: few, requested: pods=1, used: pods=1, limited: pods=1$/,
    )
    cluster.simulation.delete({ apiVersion: 'v1', kind: 'ResourceQuota', namespace: 'shop', name: 'few' })
    await cluster.clock.advance(60_000)
    expect(get(cluster)['status']).toMatchObject({ availableReplicas: 2 })
    expect(conditionOf(get(cluster), 'ReplicaFailure')).toBeUndefined()
  })

  test('takes its ReplicaSets and pods with it when it is deleted', async () => {
    const cluster = await running()
    await cluster.call('DELETE', `${deployments}/web`)
    await cluster.clock.advance(5000)
    expect(setsOf(cluster)).toEqual([])
    expect(podsOf(cluster)).toEqual([])
  })

  test('raises its generation for spec and annotations, not for labels, status or an empty change', async () => {
    const cluster = await running()
    const generation = () => integer(get(cluster), 'metadata', 'generation')
    const patch = (body: JsonObject) => cluster.call('PATCH', `${deployments}/web`, { type: mergePatch, body })
    await patch({ metadata: { labels: { team: 'a' } } })
    await patch({ spec: { replicas: 2 } })
    expect(generation()).toBe(1)
    await patch({ metadata: { annotations: { note: 'x' } } })
    expect(generation()).toBe(2)
    await patch({ spec: { replicas: 3 } })
    expect(generation()).toBe(3)
  })
})
