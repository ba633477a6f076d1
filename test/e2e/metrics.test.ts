import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Message } from '../../src/sandbox/slack/world/state.ts'
import { createCertificate } from '../support/certificate.ts'
import { deploymentNamed, simulatedClusters } from '../support/clusters.ts'
import { aFakePrometheus, errorReply, matrix } from '../support/fake-prometheus.ts'
import type { Asked, Reply } from '../support/fake-prometheus.ts'
import { painterIn } from '../support/painter.ts'
import { aScene, shownText } from '../support/scene.ts'
import type { Scene } from '../support/scene.ts'
import { metricsYaml, someNumbers } from '../support/shop-numbers.ts'
import { trailOf } from '../support/trail.ts'

const folder = mkdtempSync(join(tmpdir(), 'readback-painter-'))
let painter: URL
beforeAll(async () => {
  painter = await painterIn(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Sources {
  readonly test?: { readonly url: URL }
  readonly prod?: { readonly url: URL }
}

async function aShop(sources: Sources): Promise<Scene> {
  const named = Object.entries(sources).flatMap(([name, source]) => (source ? [[name, source] as const] : []))
  const scene = await aScene(await simulatedClusters(), {
    painter,
    settings: (yaml) => yaml + metricsYaml(Object.fromEntries(named)),
  })
  for (const { apps } of [scene.test, scene.prod]) {
    await apps.createNamespacedDeployment({ namespace: scene.namespace, body: deploymentNamed('web') })
  }
  return scene
}

/** The same message, once it shows these words. */
const again = (scene: Scene, { ts }: Pick<Message, 'ts'>, ...words: readonly string[]): Promise<Message> =>
  scene.house.slack.waitFor(() =>
    scene.house.slack.driver
      .messagesIn('C0SHOP')
      .find((message) => message.ts === ts && words.every((word) => shownText(message).includes(word))),
  )

const pngs = (scene: Scene): readonly Buffer[] =>
  scene.house.slack.world.state.files.map(({ content = '' }) => Buffer.from(content, 'base64'))

test('a board is one picture with its numbers in words; what is not measured is not on it', async () => {
  const numbers = await someNumbers()
  const scene = await aShop({ test: numbers })
  await scene.type('U0ANN', '/metrics web')
  const card = await scene.card(`${scene.namespace}/web on test`, 'last 1h', 'CPU', '"type":"image"')
  const said = shownText(card)
  expect(said).toContain('web: last 250m, min 250m, max 250m; request 500m; limit 1 core')
  expect(said).toContain('web: last 200 MiB')
  expect(said).not.toContain('Latency')
  const { alt_text: alt } = /"alt_text":"(?<alt_text>[^"]*)"/.exec(said)?.groups ?? {}
  expect(alt).toContain('Memory: web: last 200 MiB')
  const [png] = pngs(scene)
  expect(png?.subarray(1, 4).toString()).toBe('PNG')
  const [start, end] = ['start', 'end'].map((name) =>
    Number(numbers.asked.find(({ path }) => path.endsWith('range'))?.params[name]),
  )
  expect((end ?? 0) - (start ?? 0)).toBe(3600)
  expect(scene.house.faults).toEqual([])
})

test('wider, another preset and the other cluster are drawn in place, by whoever may read there', async () => {
  const scene = await aShop({ test: await someNumbers(), prod: await someNumbers() })
  const { driver } = scene.house.slack
  await scene.type('U0ANN', '/metrics web cpu --compare 1w')
  const card = await scene.card(`${scene.namespace}/web on test`, 'last 1h', 'Wider: 3h')
  await scene.click('U0BO', card, 'Wider: 3h')
  await again(scene, card, 'last 3h', 'Narrower: 1h')
  await scene.click('U0BO', card, 'Same on prod')
  await again(scene, card, `${scene.namespace}/web on prod`, 'Same on test', 'last 3h')
  const value = /"value":"([^"]* memory [^"]*)"/.exec(shownText(await again(scene, card)))?.[1] ?? ''
  expect(value).toContain('--compare 7d')
  await driver.choose('U0BO', { channel: 'C0SHOP', ts: card.ts }, { label: 'Show something else…', option: value })
  await again(scene, card, 'Memory', `${scene.namespace}/web on prod`)
  const shown = driver.messagesIn('C0SHOP').filter((message) => shownText(message).includes('/web on'))
  expect(shown).toHaveLength(1)
  expect(JSON.stringify(trailOf(scene.house))).toContain(
    `metrics prod:${scene.namespace}/deployment/web cpu --range 3h`,
  )
  expect(scene.house.faults).toEqual([])
})

test('what this bot did in the range is marked, and two clusters stand in one picture', async () => {
  const scene = await aShop({ test: await someNumbers(), prod: await someNumbers() })
  await scene.type('U0ANN', '/scale web 3')
  await scene.card('Scale web on test', 'done')
  await scene.type('U0ANN', '/metrics web cpu --cluster test,prod')
  const card = await scene.card(`${scene.namespace}/web on test, prod`, '1 change by me marked')
  expect(shownText(card)).toMatch(/prod: last 250m.*test: last 250m/)
  expect(scene.house.faults).toEqual([])
})

test('the values of now are a table, alone for whoever asks for that', async () => {
  const scene = await aShop({ test: await someNumbers() })
  await scene.type('U0ANN', '/metrics web memory --now --private')
  const answer = await scene.whispered('U0ANN', `${scene.namespace}/web on test`, '200 MiB')
  expect(shownText(answer)).toContain('--private')
  expect(scene.house.slack.driver.messagesIn('C0SHOP').map(shownText).join()).not.toContain('200 MiB')
})

test('in a channel shared with another company the asker alone sees it', async () => {
  const scene = await aShop({ test: await someNumbers() })
  const { driver } = scene.house.slack
  await driver.typeCommand('U0ANN', 'C0PARTNER', `/metrics test:${scene.namespace}/web memory`)
  await scene.whispered('U0ANN', `${scene.namespace}/web on test`, '200 MiB')
  expect(driver.messagesIn('C0PARTNER').map(shownText).join()).not.toContain('200 MiB')
})

describe('a query of somebody’s own', () => {
  test('is for those who hold the action on the whole cluster', async () => {
    const numbers = await someNumbers()
    const scene = await aShop({ test: numbers })
    await scene.type('U0ANN', '/metrics --query "sum(up)"')
    await scene.whispered('U0ANN', 'do not allow that')
    expect(numbers.asked).toEqual([])
    await scene.type('U0BO', '/metrics --query "sum(up)"')
    await scene.card('sum(up) on test', 'last 7')
    expect(numbers.asked.map(({ params }) => params['query'])).toEqual(['sum(up)'])
  })

  test('is not for those who hold it in some namespaces: it is bound to none', async () => {
    const numbers = await someNumbers()
    const scene = await aScene(await simulatedClusters(), {
      settings: (yaml) => yaml + metricsYaml({ test: numbers }),
      rules: (yaml) =>
        yaml.replace(
          '      - { actions: [scale]',
          '      - { actions: [query], namespaces: ["shop*"] }\n      - { actions: [scale]',
        ),
    })
    await scene.type('U0ANN', '/metrics --query "sum(up)" --namespace shop')
    await scene.whispered('U0ANN', 'allow')
    expect(numbers.asked).toEqual([])
  })

  test('never goes to a store that several clusters share', async () => {
    const numbers = await someNumbers()
    const scene = await aScene(await simulatedClusters(), {
      painter,
      settings: (yaml) =>
        `${yaml}metrics:\n  test: { prometheus: "${numbers.url.href}", matcher: { cluster: test } }\n`,
    })
    await scene.type('U0BO', '/metrics --query "sum(up)"')
    await scene.whispered('U0BO', 'Several clusters share the store')
    expect(numbers.asked).toEqual([])
  })
})

describe('what cannot be shown is said', () => {
  const bad: readonly (readonly [string, string, string])[] = [
    ['a year', '/metrics web --range 365d', 'at most 31d'],
    ['a step of 0', '/metrics web --step 0s', 'longer than nothing'],
    ['a step too fine', '/metrics web --range 7d --step 1s', 'Try --step'],
    ['no workload', '/metrics', 'Metrics of what?'],
    ['a preset that does not exist', '/metrics web cpus', 'cpu'],
    ['a workload that does not exist', '/metrics wep', 'web'],
    ['a cluster without a source', '/metrics web --cluster prod', 'No metrics source is configured for prod'],
  ]
  test('before anything is asked', async () => {
    const scene = await aShop({ test: await someNumbers() })
    for (const [, line, words] of bad) {
      await scene.type('U0ANN', line)
      await scene.whispered('U0ANN', words)
    }
    expect(scene.house.faults).toEqual([])
  })

  const exists = (reply: Reply) => (asked: Asked) =>
    asked.path.endsWith('values') ? { data: ['container_cpu_usage_seconds_total'] } : reply
  const many = matrix(
    Array.from({ length: 50_000 }, (_, index) => ({ metric: { pod: `web-${index}` }, values: [[0, '1']] as const })),
  )
  const nan = matrix([{ metric: {}, values: [[0, 'NaN']] }])
  test.each<readonly [string, Reply, string]>([
    ['a wrong token', { status: 401, body: 'Unauthorized' }, 'does not take my credential'],
    ['HTML', { status: 200, body: '<html>log in</html>' }, 'is not Prometheus'],
    ['an error of its own', errorReply(422, 'execution', 'query timed out'), 'query timed out'],
    ['a failure without words', { status: 502, body: '' }, 'failed (status 502)'],
    ['a scalar for a range', { data: { resultType: 'scalar', result: [0, '1'] } }, 'is not Prometheus'],
  ])('%s', async (_, reply, words) => {
    const scene = await aShop({ test: await aFakePrometheus(exists(reply)) })
    await scene.type('U0ANN', '/metrics web cpu')
    await scene.whispered('U0ANN', words)
    expect(scene.house.faults).toEqual([])
  })

  test.each<readonly [string, Reply, string]>([
    ['nothing', matrix([]), 'CPU'],
    ['NaN alone', nan, 'CPU'],
  ])('%s is no data, and not 0', async (_, reply, words) => {
    const scene = await aShop({ test: await aFakePrometheus(exists(reply)) })
    await scene.type('U0ANN', '/metrics web cpu')
    const card = await scene.card('/web on test', words, 'no data')
    expect(shownText(card)).not.toMatch(/last 0\b/)
  })

  test('50,000 series are too many', async () => {
    const scene = await aShop({ test: await aFakePrometheus(exists(many)) })
    await scene.type('U0ANN', '/metrics web cpu --by pod')
    await scene.whispered('U0ANN', 'that is 50000 series; I read at most 1000')
    expect(scene.house.faults).toEqual([])
  })

  test('a certificate that signs itself', async () => {
    const tls = createCertificate({ name: 'prometheus', addresses: ['127.0.0.1'] })
    const scene = await aShop({ test: await aFakePrometheus(exists(matrix([])), { tls }) })
    await scene.type('U0ANN', '/metrics web cpu')
    await scene.whispered('U0ANN', 'The certificate of the metrics source of test is not trusted', 'tls.caFile')
    expect(scene.house.faults).toEqual([])
  })

  test('a time zone that does not exist: the house’s is taken', async () => {
    const numbers = await someNumbers()
    const scene = await aScene(await simulatedClusters(), {
      painter,
      settings: (yaml) => `${yaml}zone: Asia/Shanghai\n${metricsYaml({ test: numbers })}`,
    })
    await scene.test.apps.createNamespacedDeployment({ namespace: scene.namespace, body: deploymentNamed('web') })
    for (const person of scene.house.slack.world.state.people) person.zone = 'Mars/Base'
    await scene.type('U0ANN', '/metrics web cpu')
    await scene.card('/web on test', 'There is no time zone “Mars/Base”; times are in Asia/Shanghai.')
    expect(scene.house.faults).toEqual([])
  })

  test('a source that is away', async () => {
    const scene = await aShop({ test: { url: new URL('http://127.0.0.1:1') } })
    await scene.type('U0ANN', '/metrics web')
    await scene.whispered('U0ANN', 'cannot be reached')
    expect(scene.house.faults).toEqual([])
  })
})
