import { expect, onTestFinished, test } from 'vitest'
import { shop } from '../../src/sandbox/company/workloads.ts'
import { createMishaps } from '../../src/sandbox/mishaps.ts'
import { createSimulatedCluster } from '../../src/sandbox/trial-cluster.ts'
import { createManualClock } from '../support/manual-clock.ts'

const minute = 60_000

async function aCluster() {
  const clock = createManualClock()
  const seed = shop('test')
  const cluster = await createSimulatedCluster({ clock, name: 'test', environment: 'test', token: 'any', seed })
  onTestFinished(() => cluster.close())
  const mishaps = createMishaps({ clock, cluster })
  onTestFinished(() => mishaps.stop())
  const tag = () => cluster.workloads().find(({ name }) => name === 'recommend')?.tag
  return { clock, cluster, tag }
}

test('somebody’s deployment goes wrong after some minutes, crashes, and is taken back when nobody else does it', async () => {
  const { clock, cluster, tag } = await aCluster()
  const before = tag()
  await clock.advance(4 * minute + 30_000)
  expect(tag()).toBe('4.3.0-crash')
  const crashing = cluster
    .workloads()
    .find(({ name }) => name === 'recommend')
    ?.pods.map(({ why }) => why)
  expect(crashing).toContain('CrashLoopBackOff')
  await clock.advance(5 * minute)
  expect(tag()).toBe(before)
})

test('what somebody else has rolled back is left alone', async () => {
  const { clock, cluster, tag } = await aCluster()
  await clock.advance(4 * minute + 30_000)
  cluster.ship({ namespace: 'shop', name: 'recommend', tag: '4.2.1', cause: '' })
  await clock.advance(10 * minute)
  expect(tag()).toBe('4.2.1')
})
