import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Message } from '../../src/sandbox/slack/world/state.ts'
import { deploymentNamed, simulatedClusters } from '../support/clusters.ts'
import { createFaultyDisk } from '../support/faulty-disk.ts'
import { aScene, shownText } from '../support/scene.ts'
import type { Scene } from '../support/scene.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { told, trailOf } from '../support/trail.ts'

const run = (scene: Scene, name: string, annotations: Readonly<Record<string, string>> = {}) =>
  scene.test.apps.createNamespacedDeployment({
    namespace: scene.namespace,
    body: deploymentNamed(name, { annotations }),
  })

/** The window of a follow, as soon as it shows all of these words. */
function windowOf(scene: Scene, head: Pick<Message, 'ts'>, ...words: readonly string[]): Promise<Message> {
  const { slack } = scene.house
  const inThread = () => slack.driver.thread('C0SHOP', head.ts).slice(1)
  return slack.waitFor(() => inThread().find((message) => words.every((word) => shownText(message).includes(word))))
}

const filesOf = (scene: Scene): readonly string[] =>
  scene.house.slack.world.state.files.map(({ content = '' }) => Buffer.from(content, 'base64').toString())

test('two workloads in one window: pause, resume, a file, and a summary at the end', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace, house } = scene
  await run(scene, 'web', { 'kubelab/log-rate': '20' })
  await run(scene, 'api', { 'kubelab/log-rate': '20' })
  await scene.type('U0ANN', '/logs web,api --follow --for 1h')
  const head = await scene.card(`Logs of ${namespace}/web, ${namespace}/api on test`, 'following 4 pods', 'after 1h')
  const window = await windowOf(scene, head, 'lines/s', 'seq=', 'errors', 'Last 15 min as a file')
  await scene.click('U0ANN', window, 'Pause')
  await windowOf(scene, head, 'paused', 'Resume')
  await scene.click('U0BO', window, 'Resume')
  await windowOf(scene, head, 'lines/s', 'Pause')
  await scene.click('U0ANN', window, 'Last 15 min as a file')
  await scene.whispered('U0ANN', 'come as a file into the thread')
  await house.slack.waitFor(() => filesOf(scene).length > 0)
  await scene.click('U0ANN', head, 'Stop')
  const end = await scene.card('stopped', 'Errors', 'The text stands as a file')
  expect(shownText(end)).toMatch(/payment failed|connection reset by peer/)
  expect(shownText(end)).not.toContain('Pause')
  const [, whole = ''] = filesOf(scene)
  const lines = whole.split('\n').filter((line) => line.startsWith('2'))
  expect(lines.length).toBeGreaterThan(40)
  expect(lines.map((line) => line.slice(0, 30))).toEqual(lines.map((line) => line.slice(0, 30)).toSorted())
  expect(whole).toMatch(/^# .*on test, \d+ lines/)
  await scene.click('U0ANN', window, 'Stop').catch(() => undefined)
  expect(house.faults).toEqual([])
})

test('the filter is a form; whoever may not read logs there can neither open nor send nor stop; all of it is on the trail', async () => {
  const scene = await aScene(await simulatedClusters(), {
    rules: (yaml) =>
      yaml
        .replace('viewer: { allow: [{ actions: [status, logs,', 'viewer: { allow: [{ actions: [status,')
        .replace('      - { actions: [scale]', '      - { actions: [logs] }\n      - { actions: [scale]'),
  })
  const { driver, waitFor } = scene.house.slack
  await run(scene, 'web', { 'kubelab/log-rate': '50' })
  await scene.type('U0ANN', '/logs web -f')
  const head = await scene.card('following 2 pods')
  const window = await windowOf(scene, head, 'seq=')
  for (const label of ['Pause', 'Filter…', 'Last 15 min as a file', 'Stop']) {
    const before = driver.ephemeralsFor('U0VERA').length
    await scene.click('U0VERA', window, label)
    await waitFor(() => driver.ephemeralsFor('U0VERA')[before])
  }
  expect(driver.openViews('U0VERA')).toEqual([])

  await scene.click('U0BO', window, 'Filter…')
  const { id } = await waitFor(() => driver.openViews('U0BO')[0])
  await driver.submitForm('U0BO', id, { grep: '(a' })
  expect(driver.openViews('U0BO')).toMatchObject([{ errors: { grep: expect.stringContaining('(a') } }])
  await driver.submitForm('U0BO', id, { grep: '(payment)+', level: 'error' })
  await scene.card('only lines matching (payment)+ · error and worse')
  const filtered = await windowOf(scene, head, 'payment failed')
  expect(shownText(filtered)).not.toContain('handled GET')
  await scene.click('U0BO', head, 'Stop')
  await scene.card('stopped')
  const trail = trailOf(scene.house)
  expect(trail.filter(({ what, who }) => what === 'command' && who.endsWith('U0VERA')).map(told)).toEqual([
    'command logs.pause',
    'command logs.filter',
    'command logs.file',
    'command logs.stop',
  ])
  expect(trail.filter(({ what, who }) => what === 'decision' && who.endsWith('U0VERA')).map(told)).toHaveLength(4)
  expect(scene.house.faults).toEqual([])
})

test('binary, a megabyte without an end, invalid UTF-8, mentions and fences are shown letter by letter, and secrets are not', async () => {
  const scene = await aScene(await simulatedClusters())
  const file = join(temporaryFolder(), 'bad.log')
  const pieces = ['plain start\n', '\u0000\u0001\u001b[31mred\u001b[0m ', Buffer.from([0xff, 0xfe, 0xc3, 0x28, 10])]
  const rest = [
    '<!channel> <@U0ANN> ``` *bold* &amp;\n',
    'password=hunter2x ok\n',
    'x'.repeat(1_048_576),
    '\n',
    'the end\n',
  ]
  writeFileSync(file, Buffer.concat([...pieces, ...rest].map((piece) => Buffer.from(piece))))
  await scene.test.apps.createNamespacedDeployment({
    namespace: scene.namespace,
    body: deploymentNamed('bad', { replicas: 1, annotations: { 'kubelab/log-file': file } }),
  })
  await scene.type('U0ANN', '/logs bad --follow --tail 100')
  const head = await scene.card('following 1 pod')
  const window = await windowOf(scene, head, 'the end')
  const text = shownText(window)
  for (const shown of ['plain start', 'red', '<!channel> <@U0ANN> ``` *bold* &amp;', 'password=••••', 'xxx…'])
    expect(text).toContain(shown)
  expect(text).not.toContain('hunter2x')
  expect(text.length).toBeLessThan(12_000)
  expect(JSON.stringify(window.blocks)).not.toMatch(/"type":"(broadcast|user)"/)
  await scene.click('U0ANN', head, 'Stop')
  await scene.card('stopped')
  await scene.house.slack.waitFor(() => filesOf(scene).length > 0)
  expect(filesOf(scene)[0]).toContain('xxx… (+')
  expect(filesOf(scene)[0]).not.toContain('hunter2x')
  await scene.type('U0ANN', '/logs bad --grep (x+x+)+y --exclude ^$')
  await scene.card(`Logs of ${scene.namespace}/bad on test`, 'No line is matching (x+x+)+y')
  expect(scene.house.faults).toEqual([])
})

test('without pods, or with pods that wait, it says so in the words of the cluster', async () => {
  const scene = await aScene(await simulatedClusters())
  const { namespace } = scene
  const create = (name: string, more: Parameters<typeof deploymentNamed>[1]) =>
    scene.test.apps.createNamespacedDeployment({ namespace, body: deploymentNamed(name, more) })
  await create('asleep', { replicas: 0 })
  await create('stuck', { replicas: 1, image: 'registry.example/shop/stuck:missing' })
  await scene.type('U0ANN', '/logs asleep')
  await scene.card(`${namespace}/asleep`, 'It has no pods')
  await scene.type('U0ANN', '/logs stuck')
  await scene.card(`${namespace}/stuck`, 'has nothing to read')
  await scene.type('U0ANN', '/logs stuck --follow')
  await scene.card('following 0 pods', 'has nothing to read', 'Pull')
  await scene.type('U0ANN', `/logs --selector app=stuck`)
  await scene.card(`Logs of ${namespace}: app=stuck on test`, 'has nothing to read')
  await scene.type('U0ANN', `/logs`)
  await scene.whispered('U0ANN', 'Which workload?')
  expect(scene.house.faults).toEqual([])
})

test('twenty follows asked for by one person at once are three, and the rest are told', async () => {
  const scene = await aScene(await simulatedClusters())
  await run(scene, 'web')
  const { driver, waitFor } = scene.house.slack
  await Promise.all(Array.from({ length: 20 }, () => driver.typeCommand('U0ANN', 'C0SHOP', '/logs web -f')))
  const refused = () => driver.ephemeralsFor('U0ANN').filter((one) => shownText(one).includes('3 logs are followed'))
  await waitFor(() => refused().length === 17)
  expect(scene.house.faults).toEqual([])
})

test('a follow that the trail could not take is marked so', async () => {
  const disk = createFaultyDisk()
  const scene = await aScene(await simulatedClusters(), { disk })
  await run(scene, 'web')
  disk.breakWith('write')
  await scene.type('U0ANN', '/logs web -f')
  await scene.card('following', 'not recorded')
  disk.mend()
})

test('a bot that stops ends its follows with a word', async () => {
  const scene = await aScene(await simulatedClusters())
  await run(scene, 'web')
  await scene.type('U0ANN', '/logs web -f')
  await scene.card('following 2 pods')
  await scene.house.restart()
  await scene.card('the bot was restarted')
  expect(scene.house.faults).toEqual([])
})
