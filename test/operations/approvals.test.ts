import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { deploymentNamed, simulatedClusters, simulatedPair } from '../support/clusters.ts'
import { aHouse } from '../support/house.ts'
import { aScene, shownText } from '../support/scene.ts'
import type { Scene } from '../support/scene.ts'
import { readbackYaml, rolesYaml } from '../../src/sandbox/company/files.ts'

test('an approval that nobody gives is reminded of once and ends as expired', async () => {
  const pair = await simulatedPair()
  const namespace = 'shop'
  const house = await aHouse({
    kubeconfig: pair.kubeconfig,
    yaml: readbackYaml,
    roles: rolesYaml.replace('expires: 30m', 'expires: 3s'),
  })
  const scene = await aScene(pair.kubeconfig)
  await scene.prod.core.createNamespace({ body: { metadata: { name: namespace } } })
  await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  const { driver, waitFor } = house.slack
  await driver.typeCommand('U0ANN', 'C0SHOP', '/deploy web 1.5.0 to prod')
  const card = await waitFor(() => driver.messagesIn('C0OPS').find((message) => shownText(message).includes('Approve')))
  await waitFor(() => driver.thread('C0OPS', card.ts).some((message) => shownText(message).includes('S0SRE')))
  await waitFor(() => driver.messagesIn('C0OPS').find((message) => shownText(message).includes('expired')))
  expect(house.faults).toEqual([])
})

/** A Deployment with so many variables, all of them changed since its first revision. Returns their names. */
async function aChangedOne({ prod, namespace, type, card }: Scene, count: number): Promise<readonly string[]> {
  const names = Array.from({ length: count }, (_, index) => `SETTING_${index}`)
  const valued = (value: string) => names.map((name) => ({ name, value }))
  const body = deploymentNamed('web')
  const { template } = body.spec
  const containers = template.spec.containers.map((one) => ({ ...one, env: valued('old') }))
  const spec = { ...body.spec, template: { ...template, spec: { containers } } }
  await prod.apps.createNamespacedDeployment({ namespace, body: { ...body, spec } })
  await type('U0BO', '/ops history web --cluster prod')
  await card('History of', '#1')
  const [container] = containers
  const fresh = { ...template, spec: { containers: container ? [{ ...container, env: valued('new') }] : [] } }
  await prod.apps.replaceNamespacedDeployment({
    name: 'web',
    namespace,
    body: { ...body, spec: { ...body.spec, template: fresh } },
  })
  return names
}

test('whoever approves sees every value that would change, not the first few', async () => {
  const scene = await aScene(await simulatedClusters())
  const names = await aChangedOne(scene, 12)
  await scene.type('U0ANN', '/rollback web --cluster prod')
  const card = await scene.cardIn('C0OPS', 'Roll back web on prod', 'Approve')
  for (const name of names) expect(shownText(card)).toContain(name)
})

test('a policy that asks for more people between the vote and the execution is obeyed', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace, house } = scene
  await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
  const card = await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
  writeFileSync(
    join(house.folder, 'roles.yaml'),
    rolesYaml
      .replace('namespaces: [shop]', `namespaces: [${namespace}]`)
      .replaceAll('prod:shop/', `prod:${namespace}/`)
      .replace('count: 1', 'count: 2'),
  )
  await scene.type('U0ANN', '/ops can deploy web --cluster prod')
  for (let asked = 0; asked < 40 && !twoNeeded(scene); asked += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    await scene.type('U0ANN', '/ops can deploy web --cluster prod')
  }
  await scene.click('U0BO', card, 'Approve')
  await scene.cardIn('C0OPS', 'Deploy web on prod', 'denied')
  expect(await scene.image(scene.prod, 'web')).toBe('registry.example/shop/web:1.4.2')
})

const twoNeeded = ({ house }: Scene): boolean =>
  house.slack.driver.ephemeralsFor('U0ANN').some((message) => shownText(message).includes('2 of sre'))

test('an order that waits on what a restart has just replaced is void at once', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace } = scene
  await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
  await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
  await scene.type('U0BO', '/ops restart web --cluster prod')
  await scene.click('U0BO', await scene.card('Restart web on prod', 'Confirm'), 'Confirm')
  const card = await scene.cardIn('C0OPS', 'Deploy web on prod', 'void')
  expect(shownText(card)).not.toContain('Approve')
})

test('a change too long for its message stands complete in the thread before anybody can approve it', async () => {
  const scene = await aScene(await simulatedClusters())
  const names = await aChangedOne(scene, 90)
  const { driver } = scene.house.slack
  await scene.type('U0ANN', '/rollback web --cluster prod')
  const first = await scene.cardIn('C0OPS', 'Roll back web on prod')
  expect(shownText(first)).not.toContain('operation.approve')
  const card = await scene.cardIn('C0OPS', 'Roll back web on prod', 'operation.approve')
  const thread = driver.thread('C0OPS', card.ts).slice(1).map(shownText).join('\n')
  for (const name of names) expect(thread).toContain(`env[${name}]`)
  await scene.click('U0BO', card, 'Approve')
  await scene.cardIn('C0OPS', 'Roll back web on prod', 'Approved by')
})

test('whoever plans again what somebody else has asked for does not ask with their reason', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace, house } = scene
  await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await scene.type('U0ANN', '/deploy web 1.5.0 to prod --reason "fix 1432"')
  const waiting = await scene.cardIn('C0OPS', 'Deploy web on prod', 'fix 1432', 'Approve')
  const id = /\(([2-9A-Z]{4,5})\)/.exec(waiting.text)?.[1] ?? ''
  await house.slack.driver.typeCommand('U0BO', 'C0SHOP', `/ops reject ${id} "not today"`)
  const rejected = await scene.cardIn('C0OPS', 'Deploy web on prod', 'fix 1432', 'Plan again')
  expect(shownText(rejected)).toContain('not today')
  await scene.click('U0BO', rejected, 'Plan again')
  const again = await house.slack.waitFor(() =>
    house.slack.driver
      .messagesIn('C0OPS')
      .find((message) => message.ts !== rejected.ts && shownText(message).includes('operation.confirm')),
  )
  expect(shownText(again)).toContain('Deploy web on prod')
  expect(shownText(again)).not.toContain('fix 1432')
  // The rejection is quoted as one; it is nobody's reason for asking.
  expect(shownText(again)).toContain('Such an order was rejected')
  expect(shownText(again).split('not today')).toHaveLength(2)
})
