import { expect, onTestFinished, test } from 'vitest'
import { shop } from '../../src/sandbox/company/workloads.ts'
import { createSimulatedCluster } from '../../src/sandbox/trial-cluster.ts'
import { createManualClock } from '../support/manual-clock.ts'

async function aCluster() {
  const clock = createManualClock()
  const cluster = await createSimulatedCluster({
    clock,
    name: 'test',
    environment: 'test',
    token: 'test',
    seed: shop('test'),
  })
  onTestFinished(() => cluster.close())
  await clock.advance(10_000)
  const answers = () =>
    fetch(`${cluster.url}/version`).then(
      ({ ok }) => ok,
      () => false,
    )
  return { clock, cluster, answers }
}

test('what is gone already cannot be killed or meddled with once more', async () => {
  const { cluster, clock } = await aCluster()
  const [web] = cluster.workloads().filter(({ name }) => name === 'web')
  const name = web?.pods[0]?.name ?? ''
  expect(cluster.killPod('shop', name)).toBe('done')
  await clock.advance(10_000)
  expect(cluster.killPod('shop', name)).toBe('gone')
  expect(cluster.meddle('shop', 'web')).toBe('done')
  expect(cluster.meddle('shop', 'nothing')).toBe('gone')
})

test('down and up at once ends where it was told last, and says so', async () => {
  const { cluster, answers } = await aCluster()
  await Promise.all([cluster.setDown('on'), cluster.setDown('off'), cluster.setDown('off'), cluster.setDown('on')])
  expect([cluster.look().state, await answers()]).toEqual(['down', false])
  await Promise.all([cluster.setDown('off'), cluster.setDown('on'), cluster.setDown('off')])
  expect([cluster.look().state, await answers()]).toEqual(['up', true])
})
