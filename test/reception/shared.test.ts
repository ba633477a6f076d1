import { expect, test } from 'vitest'
import { deploymentNamed, simulatedClusters } from '../support/clusters.ts'
import { aScene, shownText } from '../support/scene.ts'

test('in a channel that another company reads, no log line stands on the card of a change', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace, house } = scene
  await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  const line = `/deploy test:${namespace}/web crash-1`
  await house.slack.driver.typeCommand('U0ANN', 'C0PARTNER', line)
  const card = await scene.cardIn('C0PARTNER', 'CrashLoopBackOff')
  expect(shownText(card)).not.toContain('Last lines')
  await scene.cardIn('C0PARTNER', 'The rollout failed')
  for (const message of house.slack.driver.messagesIn('C0PARTNER')) {
    expect(JSON.stringify(message.blocks)).not.toContain('rich_text_preformatted')
  }
})

test('somebody of the other company is refused, and reads are for the person alone', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace, house } = scene
  await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  const { driver } = house.slack
  await driver.typeCommand('U0ANN', 'C0PARTNER', `/ops status test:${namespace}/web`)
  await scene.whispered('U0ANN', 'Status of')
  await driver.mention({ user: 'U0ANN', channel: 'C0PARTNER', text: `logs test:${namespace}/web` })
  await scene.whispered('U0ANN', 'another company')
  await driver.mention({ user: 'U0SUPPLIER', channel: 'C0PARTNER', text: 'status' })
  await scene.whispered('U0SUPPLIER', '')
  expect(driver.messagesIn('C0PARTNER').filter((message) => message.user === 'U0READBACK')).toEqual([])
})
