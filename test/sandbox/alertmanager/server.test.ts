import { expect, onTestFinished, test } from 'vitest'
import { openAlertmanager } from '../../../src/sandbox/alertmanager/server.ts'
import { createManualClock } from '../../support/manual-clock.ts'

async function anAlertmanager() {
  const clock = createManualClock()
  const alertmanager = await openAlertmanager({ clock, receiver: { token: 'test', url: () => undefined } })
  onTestFinished(() => alertmanager.close())
  const order = (matcher: object, headers: Record<string, string> = {}) =>
    fetch(`${alertmanager.url}/api/v2/silences`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({
        matchers: [{ name: 'alertname', value: 'Crash', isRegex: false, ...matcher }],
        startsAt: new Date(clock.now()).toISOString(),
        endsAt: new Date(clock.now() + 60_000).toISOString(),
        createdBy: 'Bo',
        comment: 'known',
      }),
    })
  return { ...alertmanager, order }
}

test('a silence whose pattern is none is refused, so that no later alert stumbles over it', async () => {
  const { order, silences } = await anAlertmanager()
  expect((await order({ value: '(', isRegex: true })).status).toBe(400)
  expect(silences()).toEqual([])
  expect((await order({ value: 'Cr(ash|y)', isRegex: true })).status).toBe(200)
  expect(silences()).toHaveLength(1)
})

test.each([{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])(
  'a website cannot silence anything: %o',
  async (headers: Record<string, string>) => {
    const { order, silences } = await anAlertmanager()
    expect((await order({}, { 'content-type': 'text/plain', ...headers })).status).toBe(403)
    expect(silences()).toEqual([])
  },
)
