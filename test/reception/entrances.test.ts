import { expect, test, vi } from 'vitest'
import { operationButtons } from '../../src/cards/operation-buttons.ts'
import { en } from '../../src/cards/texts/en.ts'
import type { Incoming } from '../../src/chat/incoming.ts'
import type { Message } from '../../src/sandbox/slack/world/state.ts'
import { deploymentNamed, simulatedPair } from '../support/clusters.ts'
import { allOperations, everyState } from '../support/operation-builder.ts'
import { aScene, shownText } from '../support/scene.ts'
import type { Scene } from '../support/scene.ts'
import { trailOf } from '../support/trail.ts'

/** Vera may look; Ann may deploy to test, and to prod with an approval; Bo may approve. */
const [vera, ann, bo] = ['U0VERA', 'U0ANN', 'U0BO'] as const

/** Ways to order the same change. Typed by what may arrive at all: another way does not compile without its row. */
const ways: Readonly<Record<Incoming['kind'], (user: string, scene: Scene) => Promise<unknown>>> = {
  slash: (user, { type }) => type(user, '/deploy web 1.5.0 --cluster test'),
  mention: (user, { house }) =>
    house.slack.driver.mention({ user, channel: 'C0SHOP', text: 'deploy web 1.5.0 --cluster test' }),
  submission: async (user, { house, type, namespace }) => {
    await type(user, '/deploy')
    const view = await house.slack.waitFor(() => house.slack.driver.openViews(user)[0])
    const entries = { target: `test:${namespace}/deployment/web`, image: '1.5.0' }
    return house.slack.driver.submitForm(user, view.id, entries)
  },
  // The way back of a change that somebody else has made, which is a change like any other.
  click: async (user, { click, card }) => click(user, await card('Deploy web on test', 'Undo'), 'Undo'),
}

const patches = (requests: readonly { readonly method: string; readonly url: string }[]): number =>
  requests.filter(({ method, url }) => method === 'PATCH' && !url.includes('dryRun')).length

const decisions = ({ house }: Scene, user: string) =>
  trailOf(house).filter(
    ({ what, who, details }) => what === 'decision' && who.endsWith(`/${user}`) && !details?.['look'],
  )

async function aPlaceToWork(done: 'nothing' | 'a change') {
  const pair = await simulatedPair()
  const scene = await aScene(pair.kubeconfig)
  const { namespace } = scene
  for (const { apps } of [scene.test, scene.prod]) {
    await apps.createNamespacedDeployment({ namespace, body: deploymentNamed('web', { replicas: 1 }) })
  }
  if (done === 'a change') {
    await scene.type(bo, '/deploy web 1.6.0 --cluster test')
    await scene.card('Deploy web on test', 'Undo')
  }
  return { pair, scene }
}

/** The trail and the cluster tell nobody when they move: they are looked at. */
const seen = <Value>(look: () => Value) => vi.waitUntil(look, { timeout: 30_000 })

test.each(Object.entries(ways))('an order by %s is decided as by every other way', async (kind, order) => {
  const { pair, scene } = await aPlaceToWork(kind === 'click' ? 'a change' : 'nothing')
  const before = patches(pair.test.requests())
  await order(vera, scene)
  const refusal = await seen(() => decisions(scene, vera).at(-1))
  expect(refusal.details).toMatchObject({ verdict: 'deny', code: 'policy_no_grant' })
  await order(ann, scene)
  const decision = await seen(() => decisions(scene, ann).at(-1))
  expect(decision.details).toMatchObject({ verdict: 'allow', rule: 'developer' })
  await seen(() => patches(pair.test.requests()) > before)
  expect(patches(pair.test.requests())).toBe(before + 1)
  expect(scene.house.faults).toEqual([])
})

type Clicked = 'confirm' | 'cancel' | 'approve' | 'reject' | 'undo' | 'again' | 'watch'

/** The cards on which each button of an operation is found, and who may not press it there. `watch` only looks, and is decided as `status`. */
const buttons: Readonly<
  Record<
    Exclude<Clicked, 'watch'>,
    { readonly label: string; readonly card: keyof typeof cards; readonly not: readonly string[] }
  >
> = {
  confirm: { label: 'Confirm', card: 'toConfirm', not: [vera, ann] },
  cancel: { label: 'Cancel', card: 'toConfirm', not: [vera, ann] },
  approve: { label: 'Approve', card: 'toApprove', not: [vera, ann] },
  reject: { label: 'Reject', card: 'toApprove', not: [vera, ann] },
  undo: { label: 'Undo', card: 'done', not: [vera] },
  again: { label: 'Plan again', card: 'rejected', not: [vera] },
}

const cards = {
  toConfirm: async ({ type, card }: Scene) => {
    await type(bo, '/ops restart web --cluster prod')
    return card('Restart web on prod', 'Confirm')
  },
  toApprove: async ({ type, cardIn }: Scene) => {
    await type(ann, '/deploy web 1.5.0 to prod')
    return cardIn('C0OPS', 'Deploy web on prod', 'Approve')
  },
  done: async ({ type, card }: Scene) => {
    await type(bo, '/deploy web 1.6.0 --cluster test')
    return card('Deploy web on test', 'Undo')
  },
  rejected: async ({ type, cardIn, house }: Scene): Promise<Message> => {
    await type(ann, '/deploy web 1.5.0 to prod')
    const waiting = await cardIn('C0OPS', 'Deploy web on prod', 'Approve')
    const id = /\(([2-9A-Z]{4,5})\)/.exec(shownText(waiting))?.[1] ?? ''
    await house.slack.driver.typeCommand(bo, 'C0SHOP', `/ops reject ${id} "not today"`)
    return cardIn('C0OPS', 'Deploy web on prod', 'Plan again')
  },
}

test('every button that a card of an operation can carry has its row here', () => {
  const unfinished = { ...everyState.failed, patchedAt: 1, failure: { why: 'not_finished' } } as const
  const shown = [...allOperations, unfinished]
    .flatMap((operation) => operationButtons(operation, en))
    .flatMap((part) => (part.kind === 'buttons' ? part.buttons : []))
    .map(({ action }) => action)
    .filter((action) => action.startsWith('operation.'))
  expect([...new Set(shown)].sort()).toEqual([...Object.keys(buttons), 'watch'].map((one) => `operation.${one}`).sort())
})

test.each(Object.entries(buttons))('the button %s does nothing for whom the policy does not let', async (_, row) => {
  const { pair, scene } = await aPlaceToWork('nothing')
  const { driver, waitFor } = scene.house.slack
  const message = await cards[row.card](scene)
  const before = [patches(pair.test.requests()), patches(pair.prod.requests())]
  for (const user of row.not) {
    const told = driver.ephemeralsFor(user).length
    await scene.click(user, message, row.label)
    if (row.label === 'Reject') {
      const view = await waitFor(() => driver.openViews(user)[0])
      await driver.submitForm(user, view.id, { reason: 'no' })
    }
    await waitFor(() => (driver.ephemeralsFor(user).length > told ? true : undefined))
  }
  expect([patches(pair.test.requests()), patches(pair.prod.requests())]).toEqual(before)
  const channel = row.card === 'toApprove' || row.card === 'rejected' ? 'C0OPS' : 'C0SHOP'
  const now = driver.messagesIn(channel).find(({ ts }) => ts === message.ts)
  expect(now?.text).toBe(message.text)
  // What they said stands on the trail at most as refused.
  const counted = trailOf(scene.house)
    .filter(({ what, details }) => ['confirmation', 'vote', 'cancellation'].includes(what) && !details?.['refused'])
    .filter(({ who }) => row.not.some((user) => who.endsWith(`/${user}`)))
  expect(counted).toEqual([])
  expect(scene.house.faults).toEqual([])
})
