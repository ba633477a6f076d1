import { expect, onTestFinished, test } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readbackYaml } from '../../src/sandbox/company/files.ts'
import type { Message } from '../../src/sandbox/slack/world/state.ts'
import { alertmanagerBody, webhookAlert } from '../support/alert-builder.ts'
import { simulatedClusters } from '../support/clusters.ts'
import type { Reply } from '../support/fake-prometheus.ts'
import { aHouse } from '../support/house.ts'
import { painterIn } from '../support/painter.ts'
import { shownText } from '../support/scene.ts'
import { metricsYaml, someNumbers } from '../support/shop-numbers.ts'

const token = 'not-a-secret-of-anybody'

/** What the thread of an alert says, once it does, with `rules` as the source's answer about its rules. */
async function threadOf(
  alert: Parameters<typeof webhookAlert>[0],
  { rules, away = false }: { readonly rules?: Reply; readonly away?: boolean } = {},
): Promise<{ readonly thread: Message; readonly queries: readonly (string | undefined)[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'readback-painter-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const numbers = await someNumbers(({ path }) => (path.endsWith('/rules') ? rules : undefined))
  const source = away ? { url: new URL('http://127.0.0.1:1') } : numbers
  const house = await aHouse({
    kubeconfig: await simulatedClusters(),
    painter: await painterIn(folder),
    yaml: `${readbackYaml}${metricsYaml({ prod: source })}alerts:\n  routes:\n    - { channel: C0ALERTS }\n`,
    alertsToken: token,
  })
  const response = await fetch(`${house.bot.address}/alerts/alertmanager`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(alertmanagerBody([webhookAlert({ startsAt: new Date().toISOString(), ...alert })])),
  })
  expect(response.status).toBe(200)
  const { slack } = house
  const thread = await slack.waitFor(() =>
    slack.driver.messagesIn('C0ALERTS').find((message) => shownText(message).includes('What is known so far')),
  )
  expect(house.faults).toEqual([])
  const queries = numbers.asked.filter(({ path }) => path.endsWith('query_range')).map(({ params }) => params['query'])
  return { thread, queries }
}

const linkTo = (expression: string): string =>
  `http://prometheus.example:9090/graph?g0.expr=${encodeURIComponent(expression)}`

const ruled = (query: string): Reply => ({
  data: { groups: [{ rules: [{ type: 'alerting', name: 'PodCrashLooping', query, labels: {} }] }] },
})

test('an alert’s thread carries the chart of what it measures, without its comparison, with its threshold', async () => {
  const { thread, queries } = await threadOf({ generatorURL: linkTo('sum(up) < 10') })
  expect(queries).toEqual(['sum(up)'])
  const said = shownText(thread)
  expect(said).toContain('"type":"image"')
  expect(said).toContain('last 7, min 7, max 7; threshold 10')
})

test('without a link the rules of the cluster’s source say what it measures', async () => {
  const { thread, queries } = await threadOf({ generatorURL: '' }, { rules: ruled('rate(x[5m]) > 5') })
  expect(queries).toEqual(['rate(x[5m])'])
  expect(shownText(thread)).toContain('threshold 5')
})

test('where nobody can say what it measures, and where the source is away, that is said', async () => {
  const unknown = await threadOf({ generatorURL: '' }, { rules: { data: { groups: [] } } })
  expect(unknown.queries).toEqual([])
  expect(shownText(unknown.thread)).not.toContain('"type":"image"')
  const away = await threadOf({ generatorURL: linkTo('up == 0') }, { away: true })
  expect(shownText(away.thread)).toContain('The metrics source gave no answer.')
})
