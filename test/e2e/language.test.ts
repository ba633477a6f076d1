import { expect, test } from 'vitest'
import { deploymentNamed, simulatedClusters } from '../support/clusters.ts'
import { aScene, shownText } from '../support/scene.ts'

const han = /\p{Script=Han}/u

test('somebody whose chat is Chinese reads alone in Chinese, while the channel stays English', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace } = scene
  await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })

  await scene.type('U0CHEN', '/ops help')
  expect(shownText(await scene.whispered('U0CHEN', '我能做什么', '给工作负载换镜像'))).toContain('deploy')
  await scene.type('U0CHEN', '/ops can scale prod:kube-system/node-agent')
  await scene.whispered('U0CHEN', '防护规则')
  await scene.type('U0CHEN', '/ops deplyo web 1.5.0')
  await scene.whispered('U0CHEN', '是不是想写 deploy？')
  await scene.type('U0ANN', '/ops deplyo web 1.5.0')
  await scene.whispered('U0ANN', 'Did you mean deploy?')

  await scene.type('U0CHEN', '/deploy web 1.5.0')
  expect(shownText(await scene.card('Deploy web on test', 'Rolled out.'))).not.toMatch(han)
  await scene.type('U0CHEN', '/ops status web')
  expect(shownText(await scene.card('Status of', 'ready'))).not.toMatch(han)
  await scene.type('U0CHEN', '/ops status web --private')
  await scene.whispered('U0CHEN', '的状态', '就绪')
  expect(scene.house.faults).toEqual([])
})

test('a channel set to Chinese has Chinese cards, and the card where the order was typed speaks as its own channel does', async () => {
  const settings = (yaml: string) => yaml.replace('{ approvals: true }', '{ approvals: true, language: zh }')
  const scene = await aScene(await simulatedClusters(), { settings })
  const { namespace } = scene
  await scene.prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })

  await scene.type('U0ANN', `/deploy prod:${namespace}/web 1.5.0`)
  expect(shownText(await scene.card('Deploy web on prod', 'stands in'))).not.toMatch(han)
  const asked = await scene.cardIn('C0OPS', '在 prod 上部署 web', '待审批', '批准')
  await scene.click('U0BO', asked, '批准')
  expect(shownText(await scene.cardIn('C0OPS', '在 prod 上部署 web', '发布完成。'))).toContain('已批准')
  expect(shownText(await scene.card('Deploy web on prod', 'Rolled out.'))).not.toMatch(han)
  expect(scene.house.faults).toEqual([])
})

test('with Chinese as the language of all, a channel may still be English', async () => {
  const settings = (yaml: string) =>
    yaml.replace('language: en', 'language: zh').replace('namespace: shop }', 'namespace: shop, language: en }')
  const scene = await aScene(await simulatedClusters(), { settings })
  const { namespace, house } = scene
  await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await scene.type('U0ANN', '/ops status web')
  await scene.card('Status of')
  await house.slack.driver.typeCommand('U0ANN', 'C0OPS', '/ops clusters')
  await scene.cardIn('C0OPS', '集群')
  await scene.cardIn('C0AUDIT', 'Readback 已启动')
})

test('a direct conversation is in the language of the one person who reads it, cards of orders included', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace, house } = scene
  await scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  const { id } = house.slack.world.direct('U0CHEN', 'U0READBACK')
  await house.slack.driver.typeCommand('U0CHEN', id, `/ops status test:${namespace}/web`)
  await scene.cardIn(id, '的状态', '就绪')
  await house.slack.driver.typeCommand('U0CHEN', id, `/deploy test:${namespace}/web 1.5.0`)
  await scene.cardIn(id, '在 test 上部署 web', '发布完成。')
})
