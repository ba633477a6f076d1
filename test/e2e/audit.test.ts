import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { parseHead } from '../../src/audit/chain.ts'
import { verifyChain } from '../../src/audit/verify.ts'
import { readChunks } from '../../src/disk/byte-lines.ts'
import { deploymentNamed, simulatedClusters } from '../support/clusters.ts'
import { createFaultyDisk } from '../support/faulty-disk.ts'
import { aScene, shownText } from '../support/scene.ts'
import type { Scene } from '../support/scene.ts'
import { told, trailOf, verifyTrail } from '../support/trail.ts'

async function aSceneWithWeb(options: Parameters<typeof aScene>[1] = {}): Promise<Scene> {
  const scene = await aScene(await simulatedClusters(), options)
  const { namespace } = scene
  for (const { apps } of [scene.test, scene.prod]) {
    await apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web') })
  }
  return scene
}

/** The trail tells nobody when it grows: it is looked at. */
const until = (condition: () => boolean): Promise<unknown> => vi.waitUntil(condition, { timeout: 30_000 })

const idOn = (text: string): string => /· ([2-9A-Z]{4,})/.exec(text)?.[1] ?? ''

/** Told by one operation, in the order of the trail. */
const storyOf = (scene: Scene, id: string): readonly string[] =>
  trailOf(scene.house)
    .filter(({ operation }) => operation === id)
    .map(told)

test('an order that needs an approval leaves each of its steps on the trail once, before what follows from it', async () => {
  const scene = await aSceneWithWeb()
  await scene.type('U0ANN', '/deploy web 1.5.0 to prod --reason "fix password=hunter2"')
  const card = await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
  const id = idOn(shownText(card))
  await scene.click('U0ANN', card, 'Approve')
  await scene.whispered('U0ANN', 'your own approval does not count')
  await scene.click('U0BO', card, 'Approve')
  await scene.cardIn('C0OPS', 'Rolled out.')
  await until(() => storyOf(scene, id).some((one) => one.startsWith('outcome')))
  expect(storyOf(scene, id)).toEqual([
    'decision allow approval',
    'command operation.approve',
    'vote approve approval_own_order',
    'command operation.approve',
    'vote approve',
    'decision allow execution',
    'intent 1',
    'outcome succeeded',
  ])
  const commands = trailOf(scene.house).filter(({ what, who }) => what === 'command' && who === 'T0SHOP/U0ANN')
  expect(commands[0]?.details?.['line']).toContain('deploy prod:web 1.5.0')
  expect(readFileSync(join(scene.house.folder, 'data', 'audit.jsonl'), 'utf8')).not.toContain('hunter2')
  await scene.house.bot.stop()
  expect(trailOf(scene.house).map(told).at(0)).toBe('start')
  expect(trailOf(scene.house).map(told).at(1)).toBe('policy loaded')
  expect(trailOf(scene.house).map(told).at(-1)).toBe('stop')
  expect(await verifyTrail(scene.house)).toMatchObject({ ok: true })
})

test('refusals, cancellations, rejections, freezes and reads are on the trail, each once', async () => {
  const scene = await aSceneWithWeb()
  const { house } = scene
  await scene.type('U0VERA', '/deploy web 1.5.0')
  await scene.whispered('U0VERA', 'Your role viewer does not allow that')
  await scene.type('U0GUEST', '/deploy web 1.5.0')
  await scene.whispered('U0GUEST', 'Guests are not served here')
  await scene.type('U0ANN', '/ops deplyo web')
  await scene.whispered('U0ANN', 'Did you mean deploy?')
  await scene.type('U0ANN', '/ops status web')
  await scene.card('Status of')
  await scene.type('U0BO', '/ops freeze test 2h "incident 88"')
  await scene.card('frozen: incident 88')
  await scene.type('U0BO', '/ops unfreeze test')
  await scene.card('possible again')
  await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
  const first = await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
  const cancelled = idOn(shownText(first))
  await scene.type('U0ANN', `/ops cancel ${cancelled}`)
  await scene.whispered('U0ANN', `${cancelled} is cancelled`)
  await scene.type('U0ANN', '/deploy web 1.6.0 to prod')
  const second = await scene.cardIn('C0OPS', 'Deploy web on prod', '1.6.0')
  const rejected = idOn(shownText(second))
  await scene.type('U0BO', `/ops reject ${rejected} "not today"`)
  await scene.cardIn('C0OPS', 'rejected', 'not today')
  await until(() => storyOf(scene, rejected).some((one) => one.startsWith('outcome')))

  const of = (user: string): readonly string[] =>
    trailOf(house)
      .filter(({ who }) => who === `T0SHOP/${user}`)
      .map(told)
  expect(of('U0VERA')).toEqual(['command', 'decision deny policy_no_grant'])
  expect(of('U0GUEST')).toEqual(['refusal person_refused'])
  expect(of('U0ANN').slice(0, 3)).toEqual(['command command_unknown', 'command', 'decision allow'])
  expect(of('U0BO').slice(0, 6)).toEqual([
    'command',
    'decision allow',
    'freeze',
    'command',
    'decision allow',
    'unfreeze',
  ])
  expect(storyOf(scene, cancelled)).toEqual(['decision allow approval', 'cancellation', 'outcome cancelled requester'])
  expect(storyOf(scene, rejected)).toEqual(['decision allow approval', 'vote reject', 'outcome rejected'])
  expect(await verifyTrail(house)).toMatchObject({ ok: true })
  expect(house.faults).toEqual([])
})

test('the audit channel is told in sentences what is worth it, each record in one post also over a restart, and the head that it is told verifies', async () => {
  const scene = await aSceneWithWeb()
  const { house } = scene
  await scene.type('U0VERA', '/deploy web 1.5.0')
  await scene.cardIn('C0AUDIT', 'was refused to deploy')
  await scene.type('U0ANN', '/deploy web 1.5.0')
  await scene.card('Deploy web on test', 'Rolled out.')
  await scene.cardIn('C0AUDIT', 'is done: deploy')
  await house.restart()
  const posts = () => house.slack.driver.messagesIn('C0AUDIT').map(shownText)
  await until(() => posts().filter((post) => post.includes('Readback started')).length === 2)
  const all = posts().join('\n')
  for (const sentence of ['was refused to deploy', 'sending the change of', 'is done: deploy', 'Readback stopped']) {
    const shown = all.split(sentence).length - 1
    // Once in the words, and once more in the notification where it is the first of its post.
    expect(shown, sentence).toBeGreaterThan(0)
    expect(
      posts().filter((post) => post.includes(sentence)),
      sentence,
    ).toHaveLength(1)
  }
  expect(all).not.toContain(' typed ')
  const heads = [...all.matchAll(/--head (\d+:[0-9a-f]{64})/g)].map(([, head = '']) => parseHead(head))
  expect(heads.length).toBeGreaterThanOrEqual(2)
  const file = join(house.folder, 'data', 'audit.jsonl')
  for (const head of heads) expect(await verifyChain(readChunks(file), head)).toMatchObject({ ok: true })
  expect(house.faults).toEqual([])
})

test('/ops audit answers the person alone, filtered, newest first, and only those whom the policy lets', async () => {
  const scene = await aSceneWithWeb()
  await scene.type('U0ANN', '/deploy web 1.5.0')
  await scene.card('Deploy web on test', 'Rolled out.')
  await scene.type('U0BO', '/ops restart web')
  await scene.card('Restart web on test', 'Rolled out.')
  await scene.type('U0ANN', '/ops audit')
  await scene.whispered('U0ANN', 'not allow that')
  await scene.type('U0BO', '/ops audit --by <@U0ANN> --since 1h')
  const anns = shownText(await scene.whispered('U0BO', 'Audit trail', 'deploy web 1.5.0'))
  expect(anns).not.toContain('restart')
  expect(anns.indexOf('was refused to audit')).toBeLessThan(anns.indexOf('sending the change of'))
  await scene.type('U0BO', `/ops audit ${scene.namespace}/web --action restart`)
  const restarts = shownText(await scene.whispered('U0BO', 'Audit trail', 'is done: restart'))
  expect(restarts).not.toContain('deploy')
  await scene.type('U0BO', '/ops audit --cluster prod --action deploy')
  await scene.whispered('U0BO', 'No record matches.')
  expect(scene.house.slack.driver.messagesIn('C0SHOP').map(shownText).join()).not.toContain('Audit trail')
})

test('a policy file that breaks is told loudly with its place, on waiting cards too, until it is whole again', async () => {
  const scene = await aSceneWithWeb()
  const { house } = scene
  const path = join(house.folder, 'roles.yaml')
  const good = readFileSync(path, 'utf8')
  await scene.type('U0ANN', '/deploy web 1.5.0 to prod')
  await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
  writeFileSync(path, good.replace('role: viewer, users', 'role: vewer, users'))
  await scene.cardIn('C0AUDIT', 'cannot be used', 'roles.yaml:', 'vewer')
  await scene.cardIn('C0OPS', 'Deploy web on prod', 'The policy file cannot be used now')
  await scene.type('U0BO', '/ops doctor')
  await scene.whispered('U0BO', 'the last good one stays in force', 'roles.yaml:')
  writeFileSync(path, good)
  await scene.cardIn('C0AUDIT', 'is again the policy in force')
  await until(() => {
    const shown = house.slack.driver.messagesIn('C0OPS').map(shownText).join()
    return shown.includes('Approve') && !shown.includes('cannot be used now')
  })
  writeFileSync(path, good.replace('max: 10', 'max: 9'))
  await scene.cardIn('C0AUDIT', 'the policy was replaced')
  const changes = trailOf(house).filter(({ what }) => what === 'policy')
  expect(changes.map(told)).toEqual(['policy loaded', 'policy kept', 'policy restored', 'policy replaced'])
  expect(house.faults).toEqual([])
})

test('a trail into which somebody else has written is said to be one, and not that nothing can be written', async () => {
  const scene = await aSceneWithWeb()
  await scene.type('U0BO', '/ops whoami')
  await scene.whispered('U0BO', 'sre')
  const path = join(scene.house.folder, 'data', 'audit.jsonl')
  const [first = '', ...others] = readFileSync(path, 'utf8').split('\n')
  // As long as before: the bot writes on where it stands.
  writeFileSync(path, ['x'.repeat(Buffer.byteLength(first)), ...others].join('\n'))
  await scene.type('U0BO', '/ops audit')
  await scene.whispered('U0BO', 'holds what Readback did not write', 'readback audit verify')
})

test('a policy file that is deleted, emptied or made a folder is told in the audit channel, and the last good one decides', async () => {
  const scene = await aSceneWithWeb()
  const { house } = scene
  const path = join(house.folder, 'roles.yaml')
  const good = readFileSync(path, 'utf8')
  rmSync(path)
  await scene.cardIn('C0AUDIT', 'roles.yaml: there is no such file.', 'stays in force')
  mkdirSync(path)
  await scene.cardIn('C0AUDIT', 'roles.yaml: is no file.', 'stays in force')
  rmSync(path, { recursive: true })
  writeFileSync(path, '')
  await scene.cardIn('C0AUDIT', 'roles.yaml: is empty.', 'stays in force')
  await scene.type('U0ANN', '/deploy web 1.5.0 --cluster test')
  await scene.card('Deploy web on test', 'Rolled out.')
  await scene.type('U0VERA', '/deploy web 1.6.0 --cluster test')
  await scene.whispered('U0VERA', 'does not allow that')
  writeFileSync(path, good)
  await scene.cardIn('C0AUDIT', 'is again the policy in force')
  expect(house.faults).toEqual([])
})

test('while the trail cannot be written nothing is changed and whoever asks is told; reads go on, marked; then all goes on', async () => {
  const disk = createFaultyDisk()
  const scene = await aSceneWithWeb({ disk })
  await scene.type('U0ANN', '/deploy web 1.7.0 to prod')
  const card = await scene.cardIn('C0OPS', 'Deploy web on prod', 'Approve')
  disk.breakWith('write')
  await scene.type('U0ANN', '/deploy web 1.5.0')
  await scene.whispered('U0ANN', 'audit trail cannot be written')
  await scene.click('U0BO', card, 'Approve')
  await scene.whispered('U0BO', 'audit trail cannot be written')
  await scene.type('U0BO', '/ops status web')
  await scene.card('Status of', 'not recorded')
  await scene.type('U0BO', '/ops freeze test 2h "incident 88"')
  await scene.type('U0BO', '/ops whoami')
  await scene.whispered('U0BO', 'sre', 'not recorded')
  expect(await scene.image(scene.test, 'web')).toBe('registry.example/shop/web:1.4.2')
  expect(await scene.image(scene.prod, 'web')).toBe('registry.example/shop/web:1.4.2')
  disk.mend()
  await scene.type('U0ANN', '/deploy web 1.5.0')
  await scene.card('Deploy web on test', 'Rolled out.')
  await scene.house.bot.stop()
  expect(await verifyTrail(scene.house)).toMatchObject({ ok: true })
})

test('a trail that breaks between the approval and the change ends the order on its card, and its outcome is recorded once the trail is well', async () => {
  const disk = createFaultyDisk()
  let intents = 0
  const breaking: typeof disk = {
    ...disk,
    write: async (fd, bytes, position) => {
      if (Buffer.from(bytes).includes('"what":"intent"')) {
        intents += 1
        disk.breakWith('part')
      }
      return disk.write(fd, bytes, position)
    },
  }
  const scene = await aSceneWithWeb({ disk: breaking })
  await scene.type('U0ANN', '/deploy web 1.5.0')
  const card = await scene.card('Deploy web on test', 'failed', 'Nothing was changed.')
  expect(await scene.image(scene.test, 'web')).toBe('registry.example/shop/web:1.4.2')
  expect(intents).toBe(1)
  const id = idOn(shownText(card))
  disk.mend()
  await until(() => storyOf(scene, id).some((one) => one.startsWith('outcome')))
  expect(storyOf(scene, id)).toEqual([
    'decision allow none',
    'decision allow execution',
    'outcome failed problem operation_unrecorded',
  ])
  await scene.house.bot.stop()
  expect(await verifyTrail(scene.house)).toMatchObject({ ok: true })
})
