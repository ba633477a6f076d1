import { describe, expect, test } from 'vitest'
import { readbackYaml, rolesYaml } from '../../src/sandbox/company/files.ts'
import type { Message } from '../../src/sandbox/slack/world/state.ts'
import { alertmanagerBody, webhookAlert } from '../support/alert-builder.ts'
import type { WebhookAlert } from '../support/alert-builder.ts'
import { aNamespace, anObserver, deploymentNamed, simulatedClusters } from '../support/clusters.ts'
import { aFakeAlertmanager } from '../support/fake-alertmanager.ts'
import type { FakeAlertmanager } from '../support/fake-alertmanager.ts'
import { aHouse } from '../support/house.ts'
import type { House } from '../support/house.ts'
import { shownText } from '../support/scene.ts'

const token = 'not-a-secret-of-anybody'

const alertsYaml = (alertmanager: string, more = ''): string => `${readbackYaml}alerts:
  alertmanager: ${alertmanager}
${more}  routes:
    - { match: { team: stray }, channel: C0RANDOM }
    - { match: { severity: critical }, channel: C0OPS, escalate: [{ after: 1s, mention: S0SRE }] }
    - { channel: C0ALERTS }
`

interface Stage {
  readonly house: House
  readonly alertmanager: FakeAlertmanager
  /** Sends a webhook and answers what came back. */
  send(
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly text: string }>
  card(channel: string, ...words: readonly string[]): Promise<Message>
  click(user: string, message: Message, label: string): Promise<void>
}

async function aStage({
  kubeconfig,
  more = '',
  roles = rolesYaml,
}: { readonly kubeconfig?: string; readonly more?: string; readonly roles?: string } = {}): Promise<Stage> {
  const alertmanager = await aFakeAlertmanager()
  const house = await aHouse({
    kubeconfig: kubeconfig ?? (await simulatedClusters()),
    yaml: alertsYaml(alertmanager.url, more),
    alertsToken: token,
    roles,
  })
  const { slack } = house
  return {
    house,
    alertmanager,
    send: async (body, headers = {}) => {
      const response = await fetch(`${house.bot.address}/alerts/alertmanager`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      })
      return { status: response.status, text: await response.text() }
    },
    card: (channel, ...words) =>
      slack.waitFor(() =>
        slack.driver.messagesIn(channel).find((message) => words.every((word) => shownText(message).includes(word))),
      ),
    click: async (user, { ts }, label) => {
      const done = await slack.driver.click(user, { channel: 'C0OPS', ts }, { label, confirm: 'yes' })
      if (done.kind !== 'acked') throw new Error(`${label}: ${JSON.stringify(done)}`)
    },
  }
}

const resolved = (about: WebhookAlert = {}): WebhookAlert =>
  webhookAlert({ status: 'resolved', endsAt: new Date().toISOString(), ...about })

const tops = (messages: readonly Message[]): readonly Message[] =>
  messages.filter(({ threadTs: thread, ts }) => thread === undefined || thread === ts)

test('a webhook becomes a card, the card is taken on, calls nobody then, and resolves in place', async () => {
  const { house, send, card, click } = await aStage()
  const body = alertmanagerBody([
    webhookAlert(),
    webhookAlert({ fingerprint: 'f2', labels: { ...webhookAlert().labels, pod: 'web-2' } }),
  ])
  expect(await send(body)).toEqual({ status: 200, text: 'ok\n' })
  const posted = await card('C0OPS', 'PodCrashLooping', '2 firing', 'web-2', 'Acknowledge')
  await click('U0BO', posted, 'Acknowledge')
  const taken = await card('C0OPS', 'Acknowledged by', 'U0BO', 'Un-acknowledge')
  expect(taken.ts).toBe(posted.ts)
  await card('C0OPS', 'has acknowledged this')

  expect((await send(alertmanagerBody([resolved(), resolved({ fingerprint: 'f2' })]))).status).toBe(200)
  const over = await card('C0OPS', '✅', 'resolved')
  expect(over.ts).toBe(posted.ts)
  expect(tops(house.slack.driver.messagesIn('C0OPS'))).toHaveLength(1)
  expect(house.faults).toEqual([])
})

test('the same notice ten times at once, and once more after a restart, is one card', async () => {
  const { house, send, card } = await aStage()
  const body = alertmanagerBody([webhookAlert()])
  const answers = await Promise.all(Array.from({ length: 10 }, () => send(body)))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
  await house.restart()
  await card('C0OPS', 'PodCrashLooping')
  expect((await send(body)).status).toBe(200)
  await send(alertmanagerBody([resolved()]))
  await card('C0OPS', '✅', 'resolved')
  expect(tops(house.slack.driver.messagesIn('C0OPS'))).toHaveLength(1)
  expect(house.faults).toEqual([])
})

test('what fires again soon is the same card, with a word in its thread', async () => {
  const { house, send, card } = await aStage()
  await send(alertmanagerBody([webhookAlert()]))
  const first = await card('C0OPS', 'PodCrashLooping', 'firing')
  await send(alertmanagerBody([resolved()]))
  await card('C0OPS', '✅', 'resolved')
  await send(alertmanagerBody([webhookAlert({ startsAt: new Date().toISOString() })]))
  const again = await card('C0OPS', '🔴', 'fired again 1 time')
  expect(again.ts).toBe(first.ts)
  const word = await card('C0OPS', 'It fires again.')
  expect(word.threadTs).toBe(first.ts)
  expect(tops(house.slack.driver.messagesIn('C0OPS'))).toHaveLength(1)
})

test('nobody takes it on: those whom the route names are called in the thread, once, also after a restart', async () => {
  const { house, send, card } = await aStage()
  await send(alertmanagerBody([webhookAlert()]))
  const posted = await card('C0OPS', 'PodCrashLooping')
  await house.restart()
  const call = await card('C0OPS', 'S0SRE', 'nobody has acknowledged')
  expect(call.threadTs).toBe(posted.ts)
  await house.restart()
  await card('C0OPS', 'Called: ')
  const calls = house.slack.driver
    .messagesIn('C0OPS')
    .filter((message) => shownText(message).includes('nobody has acknowledged'))
  expect(calls).toHaveLength(1)
})

test('a channel that does not take the card: it goes to the last route, and says so', async () => {
  const { send, card } = await aStage()
  await send(alertmanagerBody([webhookAlert({ labels: { alertname: 'Stray', team: 'stray' } })]))
  const moved = await card('C0ALERTS', 'Stray', 'Meant for', 'C0RANDOM')
  expect(shownText(moved)).toContain('not_in_channel')
})

test('labels and annotations cannot mention, link or break out, and long ones are cut', async () => {
  const { send, card } = await aStage()
  const labels = {
    alertname: '<!channel> *bold* `code` 中文',
    severity: 'warning',
    pod: '<@U0ANN>',
    long: 'x'.repeat(5_000),
    other: '```',
  }
  await send(
    alertmanagerBody([
      webhookAlert({
        labels,
        annotations: { summary: 'see <http://evil.example|here>', runbook_url: 'javascript:alert(1)' },
      }),
    ]),
  )
  const shown = shownText(await card('C0ALERTS', '中文'))
  expect(shown).not.toContain('Runbook')
  expect(shown.length).toBeLessThan(6_000)
  const mrkdwn =
    JSON.stringify(JSON.parse(shown.split('\n')[1] ?? '[]')).match(/"type":"(mrkdwn|link|user|broadcast)"/g) ?? []
  // Only the moment since when it fires is anything but plain text.
  expect(mrkdwn.filter((type) => !type.includes('mrkdwn'))).toEqual([])
  expect(shown.split('\n')[0]).not.toContain('<!channel>')
})

describe('a silence', () => {
  test('is made at the Alertmanager in the name of whoever asks, once, and ended again', async () => {
    const { house, alertmanager, send, card, click } = await aStage()
    await send(alertmanagerBody([webhookAlert()]))
    const posted = await card('C0OPS', 'PodCrashLooping', 'Silence')
    const { driver } = house.slack
    await driver.typeCommand('U0BO', 'C0SHOP', `/ops silence ${idOf(posted)} 2h "disk is being replaced"`)
    await card('C0OPS', 'Silenced by', 'disk is being replaced', 'Unsilence')
    await driver.typeCommand('U0BO', 'C0SHOP', `/ops silence ${idOf(posted)} 4h "takes longer"`)
    await card('C0OPS', 'Silenced by', 'takes longer')
    expect(alertmanager.silences).toEqual([
      expect.objectContaining({
        createdBy: 'readback:U0BO',
        comment: expect.stringMatching(/^takes longer \(Readback A-/),
        matchers: expect.arrayContaining([
          { name: 'alertname', value: 'PodCrashLooping', isRegex: false, isEqual: true },
        ]),
        state: 'active',
      }),
    ])
    await click('U0BO', posted, 'Unsilence')
    await card('C0OPS', 'has ended the silence')
    expect(alertmanager.silences.map(({ state }) => state)).toEqual(['expired'])
    expect(house.faults).toEqual([])
  })

  test('is asked for in a form with what made the alerts a group, and matchers that would silence everything stay in it', async () => {
    const { house, alertmanager, send, card, click } = await aStage()
    await send(alertmanagerBody([webhookAlert()]))
    const posted = await card('C0OPS', 'PodCrashLooping', 'Silence')
    await click('U0BO', posted, 'Silence…')
    const { driver } = house.slack
    const form = await house.slack.waitFor(() => driver.openViews('U0BO')[0])
    const filled = { matchers: 'namespace=~".*"', lasting: '1 hour', reason: 'maintenance' }
    await driver.submitForm('U0BO', form.id, filled)
    await house.slack.waitFor(() =>
      JSON.stringify(driver.openViews('U0BO')[0] ?? '').includes('silence everything') ? form : undefined,
    )
    await driver.submitForm('U0BO', form.id, { ...filled, matchers: 'namespace="shop"\npod=~"web-.*"' })
    await card('C0OPS', 'Silenced by', 'maintenance')
    expect(driver.openViews('U0BO')).toEqual([])
    expect(alertmanager.silences).toMatchObject([
      {
        matchers: [
          { name: 'namespace', isRegex: false },
          { name: 'pod', value: 'web-.*', isRegex: true },
        ],
      },
    ])
    expect(house.faults).toEqual([])
  })

  test('asked for by two people at once is one, and ends with one click', async () => {
    const { house, alertmanager, send, card, click } = await aStage()
    await send(alertmanagerBody([webhookAlert()]))
    const posted = await card('C0OPS', 'PodCrashLooping', 'Silence')
    const { driver } = house.slack
    const order = (user: string, reason: string) =>
      driver.typeCommand(user, 'C0SHOP', `/ops silence ${idOf(posted)} 2h ${reason}`)
    await Promise.all([order('U0BO', 'first'), order('U0CHEN', 'second')])
    await card('C0OPS', '“first”')
    await card('C0OPS', '“second”')
    const active = () => alertmanager.silences.filter(({ state }) => state === 'active')
    // The chat says nothing of what happens at the Alertmanager.
    await expect.poll(() => active().length).toBe(1)
    const shown = shownText(await card('C0OPS', 'Silenced by'))
    expect(shown).toContain(active()[0]?.comment.replace(/ \(Readback .*/, ''))
    await click('U0BO', posted, 'Unsilence')
    await card('C0OPS', 'has ended the silence')
    expect(active()).toEqual([])
    expect(house.faults).toEqual([])
  })

  test('reaches no further than its author may silence, whatever matchers are typed into the form of an alert in their own place', async () => {
    const grant = '      - { actions: [silence], clusters: [test], namespaces: [shop] }'
    const roles = rolesYaml.replace('  sre: {', `${grant}\n  sre: {`)
    const { house, alertmanager, send, card, click } = await aStage({ roles })
    const labels = { ...webhookAlert().labels, cluster: 'test' }
    await send(alertmanagerBody([webhookAlert({ labels })]))
    const posted = await card('C0OPS', 'PodCrashLooping', 'Silence')
    const { driver } = house.slack
    const wide = [
      'cluster="prod"\nnamespace="shop"',
      'cluster="test"\nnamespace="billing"',
      'cluster="test"\nnamespace=~"shop|billing"',
      'cluster=~"test|prod"\nnamespace="shop"',
      'cluster="test"\nnamespace!="billing"',
      'alertname=~".+|x"',
      'severity="critical"',
    ]
    for (const [index, matchers] of wide.entries()) {
      await click('U0ANN', posted, 'Silence…')
      const form = await house.slack.waitFor(() => driver.openViews('U0ANN')[0])
      await driver.submitForm('U0ANN', form.id, { matchers, lasting: '1 hour', reason: 'quiet' })
      await house.slack.waitFor(() => driver.ephemeralsFor('U0ANN')[index])
    }
    expect(alertmanager.silences).toEqual([])
    await click('U0ANN', posted, 'Silence…')
    const form = await house.slack.waitFor(() => driver.openViews('U0ANN')[0])
    const narrow = 'cluster="test"\nnamespace="shop"\npod=~"web-.*"'
    await driver.submitForm('U0ANN', form.id, { matchers: narrow, lasting: '1 hour', reason: 'maintenance' })
    await card('C0OPS', 'Silenced by', 'maintenance')
    expect(alertmanager.silences).toHaveLength(1)
    expect(house.faults).toEqual([])
  })

  test.each([
    {
      where: 'in a place',
      name: 'PodCrashLooping',
      alert: webhookAlert({ labels: { ...webhookAlert().labels, cluster: 'test' } }),
      about: {},
      narrow: 'cluster="test"\nnamespace="shop"\npod=~"web-.*"',
    },
    {
      where: 'anywhere',
      name: 'NodeDown',
      alert: webhookAlert({ labels: { alertname: 'NodeDown', severity: 'critical', instance: 'node-1' } }),
      about: { groupKey: '{}:{alertname="NodeDown"}', groupLabels: { alertname: 'NodeDown' } },
      narrow: 'alertname="NodeDown"\ninstance="node-1"',
    },
  ])('of an alert $where is stopped by a guard on any part of what it reaches beyond it', async (one) => {
    const guard = '  - { actions: [silence], namespaces: [vault], deny: "the vault is never silent" }'
    const roles = rolesYaml.replace('guards:', `guards:\n${guard}`)
    const { house, alertmanager, send, card, click } = await aStage({ roles })
    await send(alertmanagerBody([one.alert], one.about))
    const posted = await card('C0OPS', one.name, 'Silence')
    const { driver } = house.slack
    const submit = async (matchers: string) => {
      await click('U0BO', posted, 'Silence…')
      const form = await house.slack.waitFor(() => driver.openViews('U0BO')[0])
      await driver.submitForm('U0BO', form.id, { matchers, lasting: '1 hour', reason: 'maintenance' })
    }
    for (const [index, wide] of ['severity="critical"', 'namespace=~"shop|vault"', 'alertname=~"a.*|.+"'].entries()) {
      await submit(wide)
      const told = await house.slack.waitFor(() => driver.ephemeralsFor('U0BO')[index])
      expect(shownText(told)).toContain('the vault is never silent')
    }
    expect(alertmanager.silences).toEqual([])
    await submit(one.narrow)
    await card('C0OPS', 'Silenced by', 'maintenance')
    expect(alertmanager.silences).toHaveLength(1)
    expect(house.faults).toEqual([])
  })

  test('of an Alertmanager that is away is a plain answer, and nothing is lost', async () => {
    const { house, alertmanager, send, card } = await aStage()
    await send(alertmanagerBody([webhookAlert()]))
    const posted = await card('C0OPS', 'PodCrashLooping')
    alertmanager.away = true
    await house.slack.driver.typeCommand('U0BO', 'C0SHOP', `/ops silence ${idOf(posted)} 2h maintenance`)
    await house.slack.waitFor(() =>
      house.slack.driver.ephemeralsFor('U0BO').find((message) => shownText(message).includes('does not answer')),
    )
    expect(shownText(await card('C0OPS', 'PodCrashLooping'))).not.toContain('Silenced by')
    expect(house.faults).toEqual([])
  })

  test('is not for everybody: the policy decides, and says who may', async () => {
    const { house, alertmanager, send, card } = await aStage()
    await send(alertmanagerBody([webhookAlert()]))
    const posted = await card('C0OPS', 'PodCrashLooping')
    await house.slack.driver.typeCommand('U0VERA', 'C0SHOP', `/ops silence ${idOf(posted)} 2h quiet please`)
    const refusal = await house.slack.waitFor(() => house.slack.driver.ephemeralsFor('U0VERA')[0])
    expect(shownText(refusal)).toContain('sre')
    expect(alertmanager.silences).toEqual([])
  })
})

test('the buttons of the workload make the orders that one would type, and the list shows what fires', async () => {
  const kubeconfig = await simulatedClusters()
  const observer = anObserver(kubeconfig, 'test')
  const namespace = await aNamespace([observer])
  await observer.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  const { house, send, card, click } = await aStage({ kubeconfig })
  const labels = { alertname: 'WebDown', severity: 'critical', cluster: 'test', namespace, deployment: 'web' }
  await send(alertmanagerBody([webhookAlert({ labels })]))
  const posted = await card('C0OPS', 'WebDown', 'deployment/web', 'Restart')
  await click('U0BO', posted, 'Restart')
  await card('C0OPS', 'Restart web on test')
  await click('U0BO', posted, 'Scale…')
  const form = await house.slack.waitFor(() => house.slack.driver.openViews('U0BO')[0])
  await house.slack.driver.submitForm('U0BO', form.id, { replicas: '3' })
  await card('C0OPS', 'Scale web on test')
  await house.slack.driver.typeCommand('U0BO', 'C0SHOP', '/ops alerts')
  await card('C0SHOP', idOf(posted), 'WebDown', '1 group of alerts fires')
  expect(house.faults).toEqual([])
})

test('where no alert can come in, nobody is told that none fires', async () => {
  const house = await aHouse({ kubeconfig: await simulatedClusters(), yaml: readbackYaml, alertsToken: token })
  await house.slack.driver.typeCommand('U0BO', 'C0SHOP', '/ops alerts')
  const said = await house.slack.waitFor(() =>
    house.slack.driver.messagesIn('C0SHOP').find((message) => shownText(message).includes('No alerts reach me')),
  )
  expect(shownText(said)).toContain('readback.yaml has no alerts.routes')
  expect(shownText(said)).not.toContain('No alert fires')
})

test('in the thread of an alert an order without a target or an id means that alert', async () => {
  const kubeconfig = await simulatedClusters()
  const observer = anObserver(kubeconfig, 'test')
  const namespace = await aNamespace([observer])
  await observer.apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  const { house, send, card } = await aStage({ kubeconfig })
  const labels = { alertname: 'WebDown', severity: 'critical', cluster: 'test', namespace, deployment: 'web' }
  await send(alertmanagerBody([webhookAlert({ labels })]))
  const { ts } = await card('C0OPS', 'WebDown', 'deployment/web')
  const { driver } = house.slack
  await driver.mention({ user: 'U0BO', channel: 'C0OPS', thread: ts, text: 'ack' })
  await card('C0OPS', 'Acknowledged by', 'U0BO')
  await driver.mention({ user: 'U0BO', channel: 'C0OPS', thread: ts, text: 'restart' })
  const order = await card('C0OPS', 'Restart web on test')
  expect(order.threadTs).toBe(ts)
  await driver.mention({ user: 'U0BO', channel: 'C0OPS', text: 'ack' })
  await house.slack.waitFor(() =>
    driver.ephemeralsFor('U0BO').find((message) => shownText(message).includes('Which alert?')),
  )
  expect(house.faults).toEqual([])
})

test('a watchdog that falls silent is an alert of its own, and its return ends that', async () => {
  const { send, card } = await aStage({ more: '  watchdog: { match: { alertname: Watchdog }, silence: 2s }\n' })
  const dog = alertmanagerBody([webhookAlert({ labels: { alertname: 'Watchdog', severity: 'none' } })], {
    groupKey: 'dog',
  })
  expect((await send(dog)).status).toBe(200)
  const silent = await card('C0OPS', 'Watchdog is silent', '🔴')
  await send(dog)
  const back = await card('C0OPS', 'Watchdog is silent', '✅')
  expect(back.ts).toBe(silent.ts)
})

const idOf = (message: Message): string => /A-[2-9A-HJ-NP-Z]{5}/.exec(shownText(message))?.[0] ?? ''

describe('a webhook is refused in plain words', () => {
  test('without the token, in other formats, too large, too deep, and not as expected', async () => {
    const { house, send } = await aStage()
    const good = alertmanagerBody([webhookAlert()])
    const deep = `${'['.repeat(1_000)}${']'.repeat(1_000)}`
    const latin = new Uint8Array([...Buffer.from('{"version":"4","groupKey":"'), 0xff, 0xfe, ...Buffer.from('"}')])
    const large = JSON.stringify({ ...good, padding: '' })
    const exact = JSON.stringify({ ...good, padding: 'x'.repeat(1024 * 1024 - large.length) })
    const cases: readonly (readonly [
      status: number,
      code: string,
      body: unknown,
      headers?: Readonly<Record<string, string>>,
    ])[] = [
      [401, 'webhook_unauthorised', good, { authorization: '' }],
      [401, 'webhook_unauthorised', good, { authorization: 'Bearer wrong-token-of-somebody' }],
      [401, 'webhook_unauthorised', good, { authorization: `Basic ${btoa('am:wrong')}` }],
      [401, 'webhook_unauthorised', 'x'.repeat(2 * 1024 * 1024), { authorization: '' }],
      [415, 'webhook_content_type', good, { 'content-type': 'text/plain' }],
      [415, 'webhook_content_type', good, { 'content-type': 'application/json; charset=gbk' }],
      [413, 'webhook_too_large', `${exact} `],
      [400, 'webhook_depth', deep],
      [400, 'webhook_encoding', latin],
      [400, 'webhook_json', '{"version":'],
      [422, 'webhook_version', { ...good, version: '3' }],
      [422, 'webhook_version', { ...good, version: '5' }],
      [422, 'webhook_shape', { ...good, alerts: {} }],
    ]
    for (const [status, code, body, headers] of cases) {
      const answer = await send(body, headers)
      expect([answer.status, answer.text.split(':')[0]]).toEqual([status, code])
      expect(answer.text).not.toContain(token)
    }
    expect((await send(good, { authorization: `Basic ${btoa(`am:${token}`)}` })).status).toBe(200)
    expect((await send(exact)).status).toBe(200)
    expect(house.faults).toEqual([])
  })

  test('where nobody said who may send', async () => {
    const house = await aHouse({ kubeconfig: await simulatedClusters(), yaml: alertsYaml('http://127.0.0.1:9') })
    const answer = await fetch(`${house.bot.address}/alerts/alertmanager`, { method: 'POST', body: '{}' })
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('ALERTS_TOKEN')])
  })
})
