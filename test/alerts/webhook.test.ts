import { expect, test } from 'vitest'
import { createWebhooks } from '../../src/alerts/webhook.ts'
import { alertmanagerBody, began, webhookAlert } from '../support/alert-builder.ts'

test('while the store is slow, no more bodies wait than memory takes; the others are to come again, and may', async () => {
  const waiting: (() => void)[] = []
  const take = createWebhooks({
    intake: { take: () => new Promise((resolve) => waiting.push(resolve)) },
    now: () => began,
    report: String,
  })
  const annotations = { summary: 'x'.repeat(1_040_000) }
  const body = new TextEncoder().encode(JSON.stringify(alertmanagerBody([webhookAlert({ annotations })])))
  const send = () => take({ source: 'alertmanager', contentType: 'application/json', body })
  const sent = Array.from({ length: 100 }, send)
  const busy = await Promise.all(sent.slice(-30))
  expect(busy).toEqual(busy.map(() => ({ code: 'webhook_busy' })))
  expect(waiting.length).toBeGreaterThan(50)
  for (const stored of waiting.splice(0)) stored()
  expect((await Promise.all(sent)).filter((answer) => answer === undefined).length).toBeGreaterThan(50)
  const again = send()
  for (const stored of waiting.splice(0)) stored()
  expect(await again).toBeUndefined()
})
