import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openSandbox } from '../../src/sandbox/sandbox.ts'
import { systemClock } from '../../src/time/clock.ts'
import { builtBot } from '../support/bot.ts'
import { aNamespace, anObserver, deploymentNamed } from '../support/clusters.ts'
import { aPageVisitor } from '../support/page-visitor.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** `readback start --sandbox --kubeconfig FILE` over the real clusters, without a browser. */
async function ownClusters() {
  const kubeconfig = process.env['KUBECONFIG']
  if (!kubeconfig) throw new Error('test:cluster needs KUBECONFIG with contexts test and prod')
  const page = temporaryFolder()
  for (const name of ['index.html', 'main.js', 'main.css', 'icon.svg']) writeFileSync(join(page, name), `the ${name}`)
  const broken: string[] = []
  const sandbox = await openSandbox({
    clock: systemClock,
    folder: temporaryFolder(),
    program: [await builtBot(), 'start'],
    page,
    port: 0,
    language: 'en',
    zone: 'UTC',
    environment: { PATH: process.env['PATH'] ?? '' },
    visitor: {},
    kubeconfig,
    onSpent: () => {},
    onBroken: (said) => broken.push(said),
  })
  onTestFinished(() => sandbox.stop())
  const observers = { test: anObserver(kubeconfig, 'test'), prod: anObserver(kubeconfig, 'prod') }
  const namespace = await aNamespace([observers.test, observers.prod])
  const body = deploymentNamed('web', { replicas: 2 })
  await Promise.all(Object.values(observers).map(({ apps }) => apps.createNamespacedDeployment({ namespace, body })))
  const imageOn = async (cluster: 'test' | 'prod'): Promise<string | undefined> => {
    const found = await observers[cluster].apps.readNamespacedDeployment({ namespace, name: 'web' })
    return found.spec?.template.spec?.containers[0]?.image
  }
  const visitor = await aPageVisitor(sandbox.address(), 'U0BO')
  return { visitor, namespace, imageOn, broken, observers }
}

test('over real clusters all is read and nothing changed until it is allowed, cluster by cluster; then orders really happen', async () => {
  const { visitor, namespace, imageOn, broken } = await ownClusters()
  const before = 'registry.example/shop/web:1.4.2'
  const order = async (line: string): Promise<string> => {
    await visitor.say('C0SHOP', line)
    const card = await visitor.message('C0SHOP', 'waiting for your confirmation')
    await visitor.press(card, /Confirm/)
    return card.ts
  }
  const ended = async (ts: string, ...words: readonly string[]): Promise<void> => {
    expect((await visitor.message('C0SHOP', ...words)).ts).toBe(ts)
  }

  // What they are, and that nothing passes.
  await visitor.until(() =>
    visitor.state().clusters.every(({ version }) => version.startsWith('v1.')) ? true : undefined,
  )
  expect(visitor.state().clusters).toMatchObject([
    { name: 'prod', state: 'up', changesAllowed: false, server: expect.stringContaining('https://127.0.0.1:') },
    { name: 'test', state: 'up', changesAllowed: false },
  ])
  expect(visitor.state().story).toEqual([])

  // Everything can be read.
  await visitor.say('C0SHOP', `/ops status prod:${namespace}/web`)
  await visitor.message('C0SHOP', `Status of ${namespace}/web on prod`, 'as wanted, 2/2 ready')
  await visitor.say('C0SHOP', `/logs prod:${namespace}/web`)
  await visitor.message('C0SHOP', `Logs of ${namespace}/web on prod`, 'of 2 containers')
  await visitor.say('C0SHOP', `/metrics prod:${namespace}/web`)
  await visitor.message('C0SHOP', 'No metrics source is configured for prod.')
  await visitor.say('C0SHOP', '/ops alerts')
  await visitor.message('C0SHOP', 'No alerts reach me')
  await expect
    .poll(() => visitor.complete(`/deploy prod:${namespace}`, 'C0SHOP'))
    .toMatchObject({ candidates: [{ text: `prod:${namespace}/web`, about: 'Deployment, now 1.4.2' }] })

  // An order is planned against the real server, and stopped at the gate.
  const stopped = await order(`/deploy prod:${namespace}/web 1.5.0`)
  await ended(stopped, 'not allowed yet: allow changes of prod in the control room')
  expect(await imageOn('prod')).toBe(before)

  // Allowed on one, it happens there and nowhere else, and goes back.
  expect(await visitor.happen({ kind: 'allow_changes', cluster: 'prod', on: 'on' })).toEqual({ ok: true })
  await ended(await order(`/deploy prod:${namespace}/web 1.5.0`), 'Deploy web on prod', 'Rolled out.')
  expect(await imageOn('prod')).toBe('registry.example/shop/web:1.5.0')
  await ended(await order(`/deploy test:${namespace}/web 1.5.0`), 'allow changes of test in the control room')
  expect(await imageOn('test')).toBe(before)
  await ended(await order(`/rollback prod:${namespace}/web`), 'Roll back web on prod', 'Rolled out.')
  expect(await imageOn('prod')).toBe(before)

  expect(await visitor.happen({ kind: 'allow_changes', cluster: 'prod', on: 'off' })).toEqual({ ok: true })
  await ended(await order(`/ops restart prod:${namespace}/web`), 'Restart web on prod', 'not allowed yet')
  expect(broken).toEqual([])
})
