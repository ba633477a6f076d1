import { expect, test } from 'vitest'
import { alertThreadCard } from '../../src/cards/alert-thread.ts'
import { en } from '../../src/cards/texts/en.ts'
import { zh } from '../../src/cards/texts/zh.ts'
import { operations } from '../../src/operations/operation.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { put } from '../../src/store/store.ts'
import { aGroup, minute, noon, podLabels, scene, succeeded } from '../alerts/enrichment/enriching.ts'
import { readable } from '../support/readable.ts'

async function afterADeploy() {
  const here = scene()
  const { cluster, store } = here
  const deploy = succeeded({ startedAt: noon - 10 * minute })
  const scaled: Operation = {
    ...succeeded({ startedAt: noon - 5 * minute }),
    plan: { ...deploy.plan, effect: { kind: 'replicas', before: 2, after: 3 } },
  }
  await store.commit([
    put(operations, { id: '7F3K', value: deploy, expect: 'absent' }),
    put(operations, { id: '8G4M', value: scaled, expect: 'absent' }),
  ])
  cluster.log('web-r2-abcde', ['starting <!channel>', '```panic: no database```'])
  cluster.happen({
    about: { kind: 'Pod', name: 'web-r2-abcde' },
    reason: 'BackOff',
    message: 'Back-off restarting failed container',
    count: 12,
    lastAt: noon - minute,
  })
  return here
}

test.each([
  ['en', en],
  ['zh', zh],
] as const)('the first word of an alert’s thread, in %s', async (language, texts) => {
  const { enrich } = await afterADeploy()
  const card = readable(alertThreadCard(await enrich(aGroup([podLabels])), texts))
  await expect(card).toMatchFileSnapshot(`goldens/alert-thread-${language}.txt`)
})

test('what could not be looked up stands there as a word, part for part', async () => {
  const { enrich, cluster, chart } = await afterADeploy()
  cluster.break('events', { code: 'cluster_forbidden', cluster: 'prod', detail: 'events is forbidden' })
  chart(Promise.reject(new Error('a bug')))
  const card = readable(alertThreadCard(await enrich(aGroup([podLabels])), en))
  await expect(card).toMatchFileSnapshot('goldens/alert-thread-broken.txt')
})

test('a rollout by other hands can be rolled back from there', async () => {
  const { enrich } = scene()
  const { parts } = alertThreadCard(await enrich(aGroup([podLabels])), en)
  const buttons = parts.flatMap((part) => (part.kind === 'buttons' ? part.buttons : []))
  expect(buttons).toMatchObject([
    { action: 'order.retype', value: 'rollback prod:shop/deployment/web --to-revision 1', label: 'Roll back to #1' },
  ])
})

test('without a workload it says why and has no buttons', async () => {
  const { enrich } = scene()
  const { parts } = alertThreadCard(await enrich(aGroup([{ cluster: 'moon' }])), en)
  expect(parts.map(({ kind }) => kind)).toEqual(['title', 'text', 'note'])
})
