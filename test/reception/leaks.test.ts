import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { deploymentNamed, simulatedClusters, simulatedPair } from '../support/clusters.ts'
import { aScene, shownText } from '../support/scene.ts'

test('whoever has no role learns no name of what runs', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace, house } = scene
  await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('payroll') })
  // Guests are refused, a member without any binding is heard.
  await house.slack.driver.typeCommand('U0VERA', 'C0SHOP', `/deploy prod:${namespace}/payrol 2`)
  const answer = await scene.whispered('U0VERA', '')
  expect(shownText(answer)).not.toContain('payroll')
  expect(shownText(answer)).toContain('viewer')
})

test('whoever may look elsewhere only sees nothing of what is ordered here', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace, house } = scene
  const file = join(house.folder, 'roles.yaml')
  const roles = readFileSync(file, 'utf8')
    .replace('roles:', 'roles:\n  onlooker: { allow: [{ actions: [status], namespaces: [elsewhere] }] }')
    .replace('role: viewer, users: [U0VERA]', 'role: onlooker, users: [U0VERA]')
  writeFileSync(file, roles)
  await house.restart()
  await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
  const card = await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
  const id = /· ([2-9A-Z]{4,})/.exec(shownText(card))?.[1] ?? ''
  await scene.type('U0VERA', `/ops approve ${id}`)
  await scene.whispered('U0VERA', 'onlooker')
  await scene.type('U0VERA', '/ops approvals')
  await scene.type('U0VERA', '/ops status --cluster test,prod')
  const overview = await scene.card('Status of all clusters')
  const seen = house.slack.driver.ephemeralsFor('U0VERA').map(shownText).join('\n')
  expect(seen).not.toContain('1.5.0')
  expect(seen).not.toContain('Deploy web')
  expect(shownText(overview)).not.toContain(id)
})

test('secrets in what a cluster answers are masked wherever it is shown', async () => {
  const pair = await simulatedPair()
  const scene = await aScene(pair.kubeconfig)
  const { namespace } = scene
  await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  pair.test.faults.add({
    effect: {
      kind: 'status',
      code: 403,
      reason: 'Forbidden',
      message: 'admission webhook "x" denied the request: password=hunter2 is old',
    },
    method: 'PATCH',
  })
  await scene.type('U0ANN', '/deploy web 1.5.0')
  const answer = await scene.whispered('U0ANN', 'denied the request')
  expect(shownText(answer)).not.toContain('hunter2')
})

test('secrets in a reason are masked on the card', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace } = scene
  await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await scene.type('U0ANN', '/deploy web 1.5.0 --reason "rotate password=hunter2 <!channel> `x`"')
  const card = await scene.card('Deploy web on test', 'rotate')
  expect(shownText(card)).not.toContain('hunter2')
  expect(card.text).not.toContain('<!channel>')
})

test('secrets in events are masked', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace } = scene
  await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  const about = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'web' }
  await scene.test.core.createNamespacedEvent({
    namespace,
    body: {
      metadata: { name: 'web.1' },
      involvedObject: about,
      reason: 'Leaky',
      message: 'failed with token=abcdef123456',
      type: 'Warning',
      lastTimestamp: new Date(),
    },
  })
  await scene.type('U0ANN', '/ops events web')
  const card = await scene.card('Leaky')
  expect(shownText(card)).not.toContain('abcdef123456')
})
