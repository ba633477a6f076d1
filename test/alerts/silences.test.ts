import { expect, test } from 'vitest'
import { AlertGroupId } from '../../src/alerts/group.ts'
import { createSilences } from '../../src/alerts/silences.ts'
import type { SilenceOrder } from '../../src/alerts/silences.ts'
import { began, minute } from '../support/alert-builder.ts'
import { aFakeAlertmanager } from '../support/fake-alertmanager.ts'

const order: SilenceOrder = {
  group: AlertGroupId.parse('A-7F3K2'),
  matchers: [{ name: 'namespace', value: 'shop', isRegex: false, isEqual: true }],
  from: began,
  until: began + 60 * minute,
  createdBy: 'bo@corp.example',
  reason: 'maintenance',
}

const states = async (fake: Awaited<ReturnType<typeof aFakeAlertmanager>>) => fake.silences.map(({ state }) => state)

test('the same order once more, as after a crash before its answer was stored, makes no second silence', async () => {
  const fake = await aFakeAlertmanager()
  const silences = createSilences({ url: new URL(fake.url) })
  const first = await silences.make(order)
  expect(await silences.make({ ...order, until: began + 90 * minute })).toEqual(first)
  expect(fake.silences).toMatchObject([
    { createdBy: 'bo@corp.example', endsAt: new Date(began + 90 * minute).toISOString() },
  ])
})

test('other matchers take the place of those before: one silence of a group holds, never two', async () => {
  const fake = await aFakeAlertmanager()
  const silences = createSilences({ url: new URL(`${fake.url}/`) })
  const first = await silences.make(order)
  if (!first.ok) throw new Error('refused')
  const matchers = [{ name: 'namespace', value: 'car', isRegex: false, isEqual: true }]
  const second = await silences.make({ ...order, matchers, replaces: first.id })
  expect(second).toMatchObject({ ok: true })
  expect(await states(fake)).toEqual(['expired', 'active'])
  // One that is over already, or gone, is replaced by nothing but a new one.
  expect(await silences.make({ ...order, replaces: first.id })).toMatchObject({ ok: true })
  expect(await silences.make({ ...order, replaces: 'gone' })).toMatchObject({ ok: true })
})

test('ending one twice is ending it once, and an Alertmanager that is away is a problem, not a fault', async () => {
  const fake = await aFakeAlertmanager()
  const silences = createSilences({ url: new URL(fake.url) })
  const made = await silences.make(order)
  if (!made.ok) throw new Error('refused')
  const end = (id: string) => silences.end({ id, group: order.group })
  expect([await end(made.id), await end(made.id), await end('gone')]).toEqual([
    { ok: true },
    { ok: true },
    { ok: true },
  ])
  fake.away = true
  expect(await silences.make(order)).toMatchObject({ ok: false, problem: { code: 'alertmanager_away' } })
  expect(await end(made.id)).toMatchObject({ ok: false, problem: { code: 'alertmanager_away' } })
})

test('an answer that is lost after it was stored: what is asked for next takes its place, whatever its matchers are', async () => {
  const fake = await aFakeAlertmanager()
  const silences = createSilences({ url: new URL(fake.url) })
  const expression = [{ name: 'pod', value: 'web-[0-9]+', isRegex: true, isEqual: true }]
  fake.mute = true
  expect(await silences.make({ ...order, matchers: expression })).toMatchObject({
    ok: false,
    problem: { code: 'alertmanager_refused', status: 500 },
  })
  fake.mute = false
  expect(await silences.make({ ...order, matchers: expression })).toEqual({ ok: true, id: 'silence-1' })
  expect(await silences.make(order)).toEqual({ ok: true, id: 'silence-2' })
  expect(await states(fake)).toEqual(['expired', 'active'])
})

test('ending a silence ends all that were made for its group, and no other', async () => {
  const fake = await aFakeAlertmanager()
  const silences = createSilences({ url: new URL(fake.url) })
  // Two replicas at the same moment: neither sees what the other one makes.
  await Promise.all([silences.make(order), silences.make(order)])
  await silences.make({ ...order, group: AlertGroupId.parse('A-22222') })
  expect(await states(fake)).toEqual(['active', 'active', 'active'])
  expect(await silences.end({ id: 'silence-1', group: order.group })).toEqual({ ok: true })
  expect(await states(fake)).toEqual(['expired', 'expired', 'active'])
})

test.each([
  [{ kind: 'none' }, undefined],
  [{ kind: 'bearer', token: 'of-nobody' }, 'Bearer of-nobody'],
  [{ kind: 'basic', user: 'bot', password: 'a:b' }, `Basic ${Buffer.from('bot:a:b').toString('base64')}`],
] as const)('an Alertmanager behind a login is asked as %j', async (auth, header) => {
  const fake = await aFakeAlertmanager()
  expect(await createSilences({ url: new URL(fake.url), auth }).make(order)).toMatchObject({ ok: true })
  expect(fake.authorization).toBe(header)
})
