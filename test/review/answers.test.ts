import { expect, test } from 'vitest'
import { deploymentNamed, simulatedClusters } from '../support/clusters.ts'
import { aScene, shownText } from '../support/scene.ts'

test('whoever orders again what still waits is shown the waiting card', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace } = scene
  await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
  await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
  await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
  await scene.whispered('U0ANN', 'Deploy web on prod', 'waiting for approval')
  expect(
    scene.house.slack.driver.messagesIn('C0OPS').filter((one) => shownText(one).includes('Deploy web')),
  ).toHaveLength(1)
})

test('a form that does not open any more is said to the person', async () => {
  const scene = await aScene(await simulatedClusters())
  scene.house.slack.faults.add({ kind: 'refuse', error: 'expired_trigger_id', method: 'views.open' })
  await scene.type('U0ANN', '/deploy')
  expect(shownText(await scene.whispered('U0ANN', ''))).toContain('fault')
})

test('an order whose link cannot stand in its channel is not left without a word', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace, house } = scene
  await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await house.slack.driver.typeCommand('U0ANN', 'C0RANDOM', `/deploy prod:${namespace}/web 1.5.0`)
  await scene.cardIn('C0OPS', 'Deploy web on prod')
  expect(shownText(await scene.whispered('U0ANN', 'invite'))).toContain('invite')
})
