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

test('a question on the way of “Plan again” is answered by its button', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace, prod } = scene
  await prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await scene.type('U0ANN', '/deploy web 1.5.0 to prod --reason "fix \\"1432\\""')
  const card = await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
  const second = { name: 'spare', image: 'registry.example/shop/web:1.4.2' }
  await prod.apps.patchNamespacedDeployment({
    name: 'web',
    namespace,
    body: [{ op: 'add', path: '/spec/template/spec/containers/-', value: second }],
  })
  await scene.click('U0BO', card, 'Approve')
  const voided = await scene.cardIn('C0OPS', 'Plan again')
  await scene.click('U0ANN', voided, 'Plan again')
  const question = await scene.whispered('U0ANN', 'Which one?', 'spare')
  await scene.click('U0ANN', question, 'spare')
  await scene.cardIn('C0OPS', 'container spare', 'Approve', 'fix ')
  expect(scene.house.faults).toEqual([])
})

test('who holds cancel takes somebody else’s order back; a guest neither votes nor cancels', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace, prod } = scene
  await prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
  const card = await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
  const id = /· ([2-9A-Z]{4,})/.exec(shownText(card))?.[1] ?? ''
  await scene.type('U0GUEST', `/ops reject ${id} no`)
  await scene.whispered('U0GUEST', 'Guests are not served here')
  await scene.type('U0VERA', `/ops cancel ${id}`)
  await scene.whispered('U0VERA', 'Only the person who asked')
  await scene.cardIn('C0OPS', 'Deploy web on prod', 'waiting for approval')
  await scene.type('U0BO', `/ops cancel ${id}`)
  await scene.cardIn('C0OPS', 'Cancelled. Nothing was changed.')
  await scene.clickOld('U0BO', card, 'Approve')
  expect(await scene.image(prod, 'web')).toBe('registry.example/shop/web:1.4.2')
  expect(scene.house.faults).toEqual([])
})
