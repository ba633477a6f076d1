import { expect, test } from 'vitest'
import { z } from 'zod'
import type { JsonObject } from '../../../src/json.ts'
import { aSocket } from './support/client.ts'
import { aSlack } from './support/server.ts'

const Payload = z.object({ response_url: z.string(), trigger_id: z.string() })

/** A command was typed and acked; its response_url and trigger are ready for use. */
async function aCommand() {
  const parts = await aSlack()
  const socket = await aSocket(parts.slack)
  await socket.next()
  const told = parts.slack.driver.typeCommand('U0ANN', 'C0TALK', '/ops help')
  const frame = await socket.next()
  socket.ack(frame)
  await told
  const { response_url: url, trigger_id: trigger } = Payload.parse(frame.payload)
  const respond = async (body: JsonObject) => {
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
    return `${answer.status} ${await answer.text()}`
  }
  return { ...parts, socket, respond, trigger }
}

test('answers alone or in the channel, where the app is no member', async () => {
  const { slack, respond } = await aCommand()
  expect(await respond({ text: 'for you' })).toBe('200 ok')
  expect(await respond({ text: 'for all', response_type: 'in_channel' })).toBe('200 ok')
  expect(slack.driver.ephemeralsFor('U0ANN')).toMatchObject([{ text: 'for you', channel: 'C0TALK' }])
  expect(slack.driver.messagesIn('C0TALK')).toMatchObject([{ text: 'for all', user: 'U0READBACK' }])
})

test('replaces and deletes the message it wrote', async () => {
  const { slack, respond } = await aCommand()
  await respond({ text: 'working', blocks: [{ type: 'divider' }] })
  await respond({ text: 'done', replace_original: true })
  expect(slack.driver.ephemeralsFor('U0ANN')).toMatchObject([{ text: 'done' }])
  expect(slack.driver.ephemeralsFor('U0ANN')[0]?.blocks).toBeUndefined()
  await respond({ delete_original: true })
  expect(slack.driver.ephemeralsFor('U0ANN')).toEqual([])
})

test('may be used five times', async () => {
  const { respond } = await aCommand()
  for (let use = 0; use < 5; use += 1) expect(await respond({ text: 'x' })).toBe('200 ok')
  expect(await respond({ text: 'x' })).toBe('404 used_url')
})

test('dies after 30 minutes', async () => {
  const { respond, clock } = await aCommand()
  await clock.advance(30 * 60_000)
  expect(await respond({ text: 'x' })).toBe('200 ok')
  await clock.advance(1)
  expect(await respond({ text: 'x' })).toBe('404 expired_url')
})

test('refuses faulty content in plain words, but takes more blocks than chat.postMessage', async () => {
  const { respond } = await aCommand()
  expect(await respond({})).toBe('400 no_text')
  expect(await respond({ text: 'x', blocks: [{ type: 'shout' }] })).toBe('400 invalid_blocks')
  const text = { type: 'plain_text', text: 'x'.repeat(2_900) }
  expect(await respond({ text: 'x', blocks: Array.from({ length: 5 }, () => ({ type: 'section', text })) })).toBe(
    '200 ok',
  )
})

test('suffers the faults that are set for it', async () => {
  const { slack, respond } = await aCommand()
  slack.faults.add({ method: 'response_url', kind: 'fail', status: 500 })
  expect(await respond({ text: 'x' })).toMatch(/^500/)
  slack.faults.add({ method: 'response_url', kind: 'lose_answer', how: 'reset' })
  await expect(respond({ text: 'lost' })).rejects.toThrow('fetch failed')
  expect(slack.driver.ephemeralsFor('U0ANN')).toMatchObject([{ text: 'lost' }])
})

const view = { type: 'modal', title: { type: 'plain_text', text: 'Deploy' }, blocks: [] }

test('a trigger opens one form', async () => {
  const { slack, call, trigger } = await aCommand()
  expect(await call('views.open', { trigger_id: trigger, view })).toMatchObject({ ok: true, view: { type: 'modal' } })
  expect(slack.driver.openViews('U0ANN')).toHaveLength(1)
  expect(await call('views.open', { trigger_id: trigger, view })).toMatchObject({ error: 'exchanged_trigger_id' })
  expect(await call('views.open', { trigger_id: 'made.up', view })).toMatchObject({ error: 'invalid_trigger_id' })
})

test('a trigger is dead after 3 seconds', async () => {
  const { clock, call, trigger } = await aCommand()
  await clock.advance(3_001)
  expect(await call('views.open', { trigger_id: trigger, view })).toMatchObject({ error: 'expired_trigger_id' })
})

test('a faulty form does not use the trigger up, and says where it is faulty', async () => {
  const { call, trigger } = await aCommand()
  const faulty = { ...view, title: { type: 'plain_text', text: 'x'.repeat(25) } }
  expect(await call('views.open', { trigger_id: trigger, view: faulty })).toMatchObject({
    error: 'invalid_arguments',
    response_metadata: { messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'] },
  })
  expect(await call('views.open', { trigger_id: trigger, view })).toMatchObject({ ok: true })
})

test('only what is done inside a form puts another one on it, and three are the most', async () => {
  const { slack, call, trigger } = await aCommand()
  const go = {
    type: 'actions',
    elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
  }
  const open = slack.views.open('U0ANN', { ...view, blocks: [go] })
  const push = (trigger_id: string) => call('views.push', { trigger_id, view })
  expect(await push(trigger)).toMatchObject({ error: 'not_found' })
  const inside = async () => {
    void slack.driver.clickInView('U0ANN', open.id, { actionId: 'go' })
    await slack.waitFor(() => slack.traffic.all().at(-1)?.kind === 'envelope')
    const sent = slack.traffic.all().findLast(({ kind }) => kind === 'envelope')
    return z.object({ payload: z.object({ trigger_id: z.string() }) }).parse(sent).payload.trigger_id
  }
  expect(await push(await inside())).toMatchObject({ ok: true })
  expect(await push(await inside())).toMatchObject({ ok: true })
  expect(await push(await inside())).toMatchObject({ error: 'push_limit_reached' })
})

test('a form is measured in bytes', async () => {
  const { call, trigger } = await aCommand()
  const blocks = Array.from({ length: 34 }, () => ({
    type: 'section',
    text: { type: 'plain_text', text: '超'.repeat(2_500) },
  }))
  expect(await call('views.open', { trigger_id: trigger, view: { ...view, blocks } })).toMatchObject({
    error: 'view_too_large',
  })
})

test('an update with an old hash is refused', async () => {
  const { slack, call, trigger } = await aCommand()
  await call('views.open', { trigger_id: trigger, view: { ...view, external_id: 'mine' } })
  const { id, hash } = z.object({ id: z.string(), hash: z.string() }).parse(slack.driver.openViews('U0ANN')[0])
  expect(await call('views.update', { view_id: id, hash, view })).toMatchObject({ ok: true })
  expect(await call('views.update', { view_id: id, hash, view })).toMatchObject({ error: 'hash_conflict' })
  expect(await call('views.update', { external_id: 'mine', view })).toMatchObject({ error: 'not_found' })
})
