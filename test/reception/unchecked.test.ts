import { expect, test } from 'vitest'
import { deploymentNamed, simulatedClusters } from '../support/clusters.ts'
import { aScene, shownText } from '../support/scene.ts'
import type { Scene } from '../support/scene.ts'

/** Slack answers everything but who is in a user group. */
function hideGroups({ house: { slack } }: Scene): () => void {
  return slack.faults.add({ kind: 'fail', status: 503, method: 'usergroups.users.list', times: 1_000 })
}

async function aShop(): Promise<Scene> {
  const scene = await aScene(await simulatedClusters())
  const { namespace } = scene
  for (const { apps } of [scene.test, scene.prod]) {
    await apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  }
  return scene
}

test('whoever is refused because a group could not be asked for reads that, and not that they may not', async () => {
  const scene = await aShop()
  hideGroups(scene)
  await scene.type('U0ANN', '/deploy web 1.5.0')
  const refused = await scene.whispered('U0ANN', 'could not check')
  expect(shownText(refused)).toContain('S0DEVS')
  expect(shownText(refused)).not.toContain('hold no role')
  await scene.type('U0CHEN', '/ops status web')
  const chinese = await scene.whispered('U0CHEN', '暂时无法确认你是否属于用户组')
  expect(shownText(chinese)).not.toContain('没有给你任何角色')
  await scene.type('U0ANN', '/ops whoami')
  await scene.whispered('U0ANN', 'could not check whether you are in S0DEVS and S0SRE')
  expect(await scene.image(scene.test, 'web')).toBe('registry.example/shop/web:1.4.2')
})

test('what somebody holds by their own id goes on while groups cannot be asked', async () => {
  const scene = await aShop()
  hideGroups(scene)
  await scene.type('U0VERA', '/ops status web')
  await scene.card('web:1.4.2')
})

test('a vote that could not be checked does not count, and its voter reads why', async () => {
  const scene = await aShop()
  await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
  const card = await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
  const restore = hideGroups(scene)
  // Nobody's membership is fresh any more.
  await scene.house.restart()
  await scene.click('U0BO', card, 'Approve')
  const told = await scene.whispered('U0BO', 'could not check')
  expect(shownText(told)).toContain('Your vote was not counted')
  expect(shownText(told)).not.toContain('Only sre may')
  expect(await scene.image(scene.prod, 'web')).toBe('registry.example/shop/web:1.4.2')
  restore()
  await scene.click('U0BO', card, 'Approve')
  await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approved by')
})
