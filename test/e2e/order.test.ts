import { expect, test } from 'vitest'
import { aHouse, shownText } from '../support/house.ts'

test('a deploy to test is read back, patched once, watched, and its card ends in the outcome', async () => {
  const house = await aHouse()
  const { slack } = house
  const delivery = await slack.driver.typeCommand('U0ANN', 'C0SHOP', '/deploy web 1.5.0')
  expect(delivery.kind).toBe('acked')
  await slack.waitFor(() => slack.driver.messagesIn('C0SHOP').some((message) => shownText(message).includes('Rolled out.')))
  const [card] = slack.driver.messagesIn('C0SHOP')
  expect(shownText(card ?? { text: '' })).toContain('registry.example/shop/web:1.5.0-rc1')
  const deployment = house.test.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' })
  expect(JSON.stringify(deployment)).toContain('registry.example/shop/web:1.5.0"')
  expect(house.faults).toEqual([])
})
