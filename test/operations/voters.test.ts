import { expect, test } from 'vitest'
import type { Message } from '../../src/sandbox/slack/world/state.ts'
import { deploymentNamed, simulatedClusters } from '../support/clusters.ts'
import { aScene, shownText } from '../support/scene.ts'
import type { Scene } from '../support/scene.ts'
import { trailOf } from '../support/trail.ts'

type Options = NonNullable<Parameters<typeof aScene>[1]>

/** Ann's order for prod, waiting for one of sre in that channel. */
async function anOrder(channel: string, options: Options = {}) {
  const settings = (yaml: string): string =>
    yaml
      .replace('C0OPS: { approvals: true }', `C0OPS: {}\n  ${channel}: { approvals: true }`)
      .replace('C0OPS: {}\n  C0OPS', 'C0OPS')
  const scene = await aScene(await simulatedClusters(), { settings, ...options })
  const { namespace, prod, house } = scene
  await prod.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
  const card = await scene.cardIn(channel, 'Deploy web on prod', 'operation.approve')
  const id = /· ([2-9A-Z]{4,})/.exec(shownText(card))?.[1] ?? ''
  const click = async (user: string, message: Pick<Message, 'ts'>, label: string): Promise<void> => {
    const delivery = await house.slack.driver.click(user, { channel, ts: message.ts }, { label, confirm: 'yes' })
    if (delivery.kind !== 'acked') throw new Error(`${label}: ${JSON.stringify(delivery)}`)
  }
  return { scene, card, id, click }
}

/** Nothing has happened, and no vote of that person counts. */
async function unmoved(scene: Scene, user: string): Promise<void> {
  const counted = trailOf(scene.house).filter(
    ({ what, who, details }) => what === 'vote' && who.endsWith(`/${user}`) && !details?.['refused'],
  )
  expect(counted).toEqual([])
  expect(await scene.image(scene.prod, 'web')).toBe('registry.example/shop/web:1.4.2')
  expect(scene.house.faults).toEqual([])
}

test('somebody of another workspace who reads the channel cannot approve there, in whatever group they are', async () => {
  const { scene, card, click } = await anOrder('C0PARTNER')
  await scene.house.slack.notices.changeGroup('S0SRE', ['U0BO', 'U0SUPPLIER'])
  await click('U0SUPPLIER', card, 'Approve')
  await scene.whispered('U0SUPPLIER', 'other companies are not served here')
  await unmoved(scene, 'U0SUPPLIER')
  await click('U0BO', card, 'Approve')
  await scene.cardIn('C0PARTNER', 'Approved by')
})

test('a guest cannot approve, in whatever group they are', async () => {
  const settings = (yaml: string): string =>
    yaml
      .replace('C0OPS: { approvals: true }', 'C0OPS: {}')
      .replace('namespace: shop }', 'namespace: shop, approvals: true }')
  const { scene, card, click } = await anOrder('C0SHOP', { settings })
  await scene.house.slack.notices.changeGroup('S0SRE', ['U0BO', 'U0GUEST'])
  await click('U0GUEST', card, 'Approve')
  await scene.whispered('U0GUEST', 'Guests are not served here')
  await unmoved(scene, 'U0GUEST')
})

test('the requester cannot approve or reject by any entrance, as an approver neither', async () => {
  const { scene, card, id, click } = await anOrder('C0OPS')
  const { driver, notices, waitFor } = scene.house.slack
  await notices.changeGroup('S0SRE', ['U0ANN', 'U0BO'])
  const own = 'your own approval does not count'
  const refusals = (): number => driver.ephemeralsFor('U0ANN').filter((one) => shownText(one).includes(own)).length
  const refused = (count: number) => waitFor(() => refusals() === count || undefined)
  await click('U0ANN', card, 'Approve')
  await refused(1)
  await scene.type('U0ANN', `/ops approve ${id}`)
  const alone = await scene.whispered('U0ANN', 'Deploy web on prod', 'operation.approve')
  await driver.click('U0ANN', { channel: 'C0SHOP', ts: alone.ts }, { label: 'Approve', confirm: 'yes' })
  await refused(2)
  await scene.type('U0ANN', `/ops reject ${id} "mine"`)
  await refused(3)
  await driver.mention({ user: 'U0ANN', channel: 'C0OPS', text: `reject ${id} "mine"`, thread: card.ts })
  await refused(4)
  await click('U0ANN', card, 'Reject')
  const form = await waitFor(() => driver.openViews('U0ANN')[0])
  await driver.submitForm('U0ANN', form.id, { reason: 'mine' })
  await refused(5)
  await unmoved(scene, 'U0ANN')
  await scene.cardIn('C0OPS', 'Deploy web on prod', 'waiting for approval')
})

test('somebody who was taken out of the group a second ago does not approve any more', async () => {
  const { scene, card, click } = await anOrder('C0OPS')
  // What Slack said of the group a moment ago is remembered.
  await scene.type('U0BO', '/ops whoami')
  await scene.whispered('U0BO', 'sre')
  await scene.house.slack.notices.changeGroup('S0SRE', ['U0CHEN'])
  await click('U0BO', card, 'Approve')
  await scene.whispered('U0BO', 'Only sre may decide')
  await unmoved(scene, 'U0BO')
})

test('an approval counts no more once its giver has left the group, while others are still asked', async () => {
  const { scene, card, click } = await anOrder('C0OPS', {
    rules: (yaml) => yaml.replace('count: 1', 'count: 2'),
  })
  await click('U0BO', card, 'Approve')
  await scene.cardIn('C0OPS', 'Deploy web on prod', '1 still missing')
  await scene.house.slack.notices.changeGroup('S0SRE', ['U0CHEN'])
  await click('U0CHEN', card, 'Approve')
  await scene.house.slack.waitFor(
    () => trailOf(scene.house).filter(({ what }) => what === 'vote').length === 2 || undefined,
  )
  expect(await scene.image(scene.prod, 'web')).toBe('registry.example/shop/web:1.4.2')
  await scene.house.slack.notices.changeGroup('S0SRE', ['U0CHEN', 'U0BO', 'U0VERA'])
  await click('U0VERA', card, 'Approve')
  await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approved by')
})

test('a click on a card from before a restart counts', async () => {
  const { scene, card, click } = await anOrder('C0OPS')
  await scene.house.restart()
  await click('U0BO', card, 'Approve')
  await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approved by')
})

test('values of buttons that were made up are answered, and change nothing', async () => {
  const { scene, card, id } = await anOrder('C0OPS')
  const { messages, driver, waitFor } = scene.house.slack
  const found = messages.find('C0OPS', card.ts)
  if (!found) throw new Error('no card')
  const blocks = JSON.stringify(found.blocks)
  const value = new RegExp(`${id}:([0-9a-f]{64})`).exec(blocks)?.[0] ?? ''
  expect(value).not.toBe('')
  const forged = [`${id}:${'0'.repeat(64)}`, id, `ZZZZZ:${value.split(':')[1] ?? ''}`, '../..', `${id}:`]
  for (const one of forged) {
    const told = driver.ephemeralsFor('U0BO').length
    Object.assign(found, { blocks: JSON.parse(blocks.replaceAll(value, one)) })
    await driver.click('U0BO', { channel: 'C0OPS', ts: card.ts }, { label: 'Approve', confirm: 'yes' })
    await waitFor(() => driver.ephemeralsFor('U0BO').length > told || undefined)
  }
  await unmoved(scene, 'U0BO')
})
