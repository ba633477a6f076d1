import type { JsonObject } from '../../../src/json.ts'
import type { TestCluster } from './test-cluster.ts'
import { integer, text } from '../../../src/sandbox/kubernetes/fields.ts'
import { conditionOf } from '../../../src/sandbox/kubernetes/objects.ts'
import { deployment, shop, startCluster } from './test-cluster.ts'
import { describe, expect, test } from 'vitest'

const apps = 'apps/v1'
const web = { apiVersion: apps, kind: 'Deployment', namespace: 'shop', name: 'web' } as const
const hpa = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', namespace: 'shop', name: 'web' } as const

async function running(...seed: JsonObject[]) {
  const cluster = await startCluster({ seed: [shop, ...seed] })
  await cluster.clock.advance(10_000)
  return cluster
}

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
