import { expect, test } from 'vitest'
import { deploymentNamed, simulatedClusters } from '../support/clusters.ts'
import { aScene, shownText } from '../support/scene.ts'
import type { Scene } from '../support/scene.ts'

/** A namespace with `web` and `web-payroll` on both clusters; nobody may read or order anything of the second. */
const guarded = (yaml: string): string =>
  yaml.replace('guards:', 'guards:\n  - { actions: ["*"], names: ["web-pay*"], deny: "payroll is its own team\'s" }')

/** Vera may see `web` in one namespace, and nothing else anywhere. */
const granted =
  (namespaces: string) =>
  (yaml: string): string =>
    yaml
      .replace(
        'roles:',
        `roles:\n  onlooker: { allow: [{ actions: [status, events, logs], ${namespaces}names: [web] }] }`,
      )
      .replace('role: viewer, users: [U0VERA]', 'role: onlooker, users: [U0VERA]')

async function aShop(rules: (yaml: string) => string): Promise<Scene> {
  const scene = await aScene(await simulatedClusters(), { rules })
  const { namespace } = scene
  for (const { apps, core } of [scene.test, scene.prod]) {
    for (const name of ['web', 'web-payroll']) {
      await apps.createNamespacedDeployment({ namespace, body: deploymentNamed(name) })
      await core.createNamespacedEvent({
        namespace,
        body: {
          metadata: { name: `${name}.1` },
          involvedObject: { kind: 'Pod', namespace, name: `${name}-7bd9f5c4-x2x4z` },
          reason: 'Told',
          message: `about ${name}`,
          type: 'Warning',
          lastTimestamp: new Date(),
        },
      })
    }
  }
  return scene
}

/** Everything that anybody has been shown so far. */
const everythingShown = ({ house: { slack } }: Scene): string =>
  [
    ...['C0SHOP', 'C0OPS'].flatMap((channel) => slack.driver.messagesIn(channel)),
    ...['U0ANN', 'U0BO', 'U0VERA'].flatMap((user) => slack.driver.ephemeralsFor(user)),
  ]
    .map(shownText)
    .join('\n')

const lists = [
  ['the status of a namespace', '/ops status', 'web:1.4.2'],
  ['the overview', '/ops status --cluster test,prod', 'Status of all clusters'],
  ['events of a namespace', '/ops events', 'about web'],
] as const

const hints = [
  ['the nearest names', '/ops status web-pyroll', 'no workload web-pyroll'],
  ['the nearest names of a search', '/ops status web-pyroll --cluster prod', 'no workload web-pyroll'],
] as const

test.each([...lists, ...hints])('%s leaves out what a guard keeps from everybody', async (_, line, shown) => {
  const scene = await aShop(guarded)
  await scene.type('U0BO', line)
  await scene.house.slack.waitFor(() => everythingShown(scene).includes(shown) || undefined)
  expect(everythingShown(scene)).not.toContain('web-pay')
})

test.each(lists)('%s shows a person with a grant for one name that one alone', async (_, line, shown) => {
  const scene = await aShop(granted(''))
  await scene.type('U0VERA', line)
  await scene.house.slack.waitFor(() => everythingShown(scene).includes(shown) || undefined)
  expect(everythingShown(scene)).not.toContain('web-pay')
  expect(everythingShown(scene)).not.toContain('No workloads')
})

test('logs by a selector are refused where the selector could find what a guard hides', async () => {
  const scene = await aShop(guarded)
  await scene.type('U0BO', '/logs --selector app')
  const answer = await scene.whispered('U0BO', '')
  expect(shownText(answer)).toContain('payroll is its own team')
})

test('a search finds nothing of namespaces that the policy hides, and does not ask which one is meant', async () => {
  const scene = await aShop((yaml) =>
    yaml.replace('guards:', 'guards:\n  - { actions: ["*"], namespaces: [vault], deny: "not here" }'),
  )
  await scene.prod.core.createNamespace({ body: { metadata: { name: 'vault' } } })
  await scene.prod.apps.createNamespacedDeployment({ namespace: 'vault', body: deploymentNamed('web') })
  await scene.prod.apps.createNamespacedDeployment({ namespace: 'vault', body: deploymentNamed('keeper') })
  // In a direct message no channel says which namespace.
  const { driver } = scene.house.slack
  await driver.mention({ user: 'U0BO', channel: 'C0OPS', text: 'status web --cluster prod' })
  await scene.cardIn('C0OPS', `${scene.namespace}/web`)
  await driver.mention({ user: 'U0BO', channel: 'C0OPS', text: 'status keeper --cluster prod' })
  await scene.whispered('U0BO', 'no workload keeper')
  await driver.mention({ user: 'U0BO', channel: 'C0OPS', text: 'deploy keeper 2 --cluster prod' })
  await scene.house.slack.waitFor(
    () =>
      driver.ephemeralsFor('U0BO').filter((one) => shownText(one).includes('no workload keeper')).length === 2 ||
      undefined,
  )
  expect(everythingShown(scene)).not.toContain('vault')
})

test('whether a workload exists is not told to somebody who may not know of it', async () => {
  const scene = await aShop(guarded)
  await scene.type('U0BO', '/ops status web-payroll')
  await scene.whispered('U0BO', 'payroll is its own team')
  await scene.type('U0BO', '/ops status web-paymaster')
  await scene.type('U0BO', '/deploy web-paymaster 2')
  await scene.house.slack.waitFor(
    () =>
      scene.house.slack.driver.ephemeralsFor('U0BO').filter((one) => shownText(one).includes('payroll is its own team'))
        .length === 3 || undefined,
  )
  expect(everythingShown(scene)).not.toContain('There is no workload')
})

test('a form offers what its order may name, also where a limit turns on a value that is not typed yet', async () => {
  const scene = await aShop((yaml) => guarded(yaml))
  const { driver, waitFor } = scene.house.slack
  await scene.type('U0ANN', '/scale')
  const form = await waitFor(() => driver.openViews('U0ANN')[0])
  const shown = JSON.stringify(form)
  expect(shown).toContain(`${scene.namespace}/web"`)
  expect(shown).not.toContain('web-pay')
})
