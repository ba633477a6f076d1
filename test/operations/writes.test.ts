import { expect, test } from 'vitest'
import { deploymentNamed, simulatedPair } from '../support/clusters.ts'
import { aScene, shownText } from '../support/scene.ts'

const writesIn = (requests: readonly { readonly method: string; readonly url: string; readonly code: number }[]) =>
  requests.filter(({ method, url }) => method === 'PATCH' && !url.includes('dryRun'))

test('a confirmation clicked twice changes once', async () => {
  const pair = await simulatedPair()
  const scene = await aScene(pair.kubeconfig)
  const { namespace } = scene
  await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await scene.type('U0BO', '/ops restart web --cluster prod')
  const card = await scene.card('Restart web on prod', 'Confirm')
  await Promise.all([scene.click('U0BO', card, 'Confirm'), scene.click('U0BO', card, 'Confirm')])
  await scene.card('Restart web on prod', 'Rolled out.')
  expect(writesIn(pair.prod.requests())).toHaveLength(1)
})

test('an object that was deleted and made again under the same name is another one', async () => {
  const pair = await simulatedPair()
  const scene = await aScene(pair.kubeconfig)
  const { namespace } = scene
  const body = deploymentNamed('web')
  await scene.prod.apps.createNamespacedDeployment({ namespace, body })
  await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
  const card = await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
  await scene.prod.apps.deleteNamespacedDeployment({ name: 'web', namespace })
  await scene.prod.apps.createNamespacedDeployment({ namespace, body })
  await scene.click('U0BO', card, 'Approve')
  await scene.cardIn('C0OPS', 'Deploy web on prod', 'changed since')
  expect(writesIn(pair.prod.requests())).toHaveLength(0)
})

test('a cluster that hangs costs nobody their first word', async () => {
  const pair = await simulatedPair()
  const scene = await aScene(pair.kubeconfig)
  const { namespace } = scene
  await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  pair.test.faults.add({ effect: { kind: 'hang', when: 'before' } })
  const started = Date.now()
  await scene.type('U0ANN', '/deploy web 1.5.0')
  await scene.whispered('U0ANN', 'deploy')
  expect(Date.now() - started).toBeLessThan(3_000)
  pair.test.faults.clear()
})

test('a token that is no longer good is an answer, and nothing waits for ever', async () => {
  const pair = await simulatedPair()
  const scene = await aScene(pair.kubeconfig)
  const { namespace } = scene
  await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await scene.type('U0BO', '/deploy web 1.5.0 to prod')
  const card = await scene.card('Deploy web on prod', 'Confirm')
  pair.prod.faults.add({ effect: { kind: 'status', code: 401, reason: 'Unauthorized', message: 'Unauthorized' } })
  await scene.click('U0BO', card, 'Confirm')
  const ended = await scene.card('Deploy web on prod', 'Plan again')
  expect(shownText(ended)).toContain('prod')
  pair.prod.faults.clear()
})
