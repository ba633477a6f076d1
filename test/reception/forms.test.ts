import { expect, test } from 'vitest'
import { deploymentNamed, simulatedClusters } from '../support/clusters.ts'
import { aScene, shownText } from '../support/scene.ts'

test('a reason that ends in a backslash is sent off whole', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace } = scene
  const { driver, waitFor } = scene.house.slack
  await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await scene.type('U0ANN', '/deploy')
  const form = await waitFor(() => driver.openViews('U0ANN')[0])
  const reason = 'see "C:\\logs\\" or \\'
  await driver.submitForm('U0ANN', form.id, { target: `test:${namespace}/deployment/web`, image: '1.5.0', reason })
  const card = await scene.card('Deploy web on test', 'Rolled out.')
  expect(shownText(card)).toContain(JSON.stringify(reason).slice(1, -1))
})
