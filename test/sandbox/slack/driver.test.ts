import { expect, test } from 'vitest'
import { createSlackServer } from '../../../src/sandbox/slack/server.ts'
import { aCaller } from './support/caller.ts'
import { aSocket } from './support/client.ts'
import { aSlack } from './support/server.ts'

test.each([
  ['U0ANN', 'C0OPS', '/nothing', 'unknown_command'],
  ['U0FAR', 'C0SHARED', '/ops', 'unknown_command'],
  ['U0BO', 'C0OLD', '/ops', 'not_in_channel'],
  ['U0ANN', 'C0OLD', '/ops', 'is_archived'],
  ['U0GONE', 'C0OPS', '/ops', 'deactivated'],
  ['U0NOBODY', 'C0OPS', '/ops', 'unknown_person'],
  ['U0ANN', 'C0NONE', '/ops', 'unknown_channel'],
])('%s in %s cannot send %s: %s', async (...[user, channel, line, reason]) => {
  const { slack } = await aSlack()
  expect(await slack.driver.typeCommand(user, channel, line)).toEqual({ kind: 'not_sent', reason })
  expect(slack.traffic.all()).toEqual([])
})

test.each([
  ['deploy web to @bo', 'deploy web to <@U0BO|bo>'],
  ['see #ops', 'see <#C0OPS|ops>'],
  ['tell @sre', 'tell <!subteam^S0SRE|@sre>'],
  ['a & b < c', 'a &amp; b &lt; c'],
  ['logs web.svc', 'logs <http://web.svc|web.svc>'],
  [
    'deploy web registry.example/shop/web:1.5.0',
    'deploy web <http://registry.example/shop/web:1.5.0|registry.example/shop/web:1.5.0>',
  ],
  ['see https://x.example/?a=1', 'see <https://x.example/?a=1>'],
  ['deploy web 1.10', 'deploy web 1.10'],
  ['ask @nobody', 'ask @nobody'],
])('%s arrives as Slack would send it', async (typed, text) => {
  const { slack } = await aSlack()
  const socket = await aSocket(slack)
  await socket.next()
  void slack.driver.typeCommand('U0ANN', 'C0OPS', `/ops ${typed}`)
  expect((await socket.next()).payload).toMatchObject({ text })
})

test('a command without should_escape gets names and links as typed', async () => {
  const { slack } = await aSlack()
  slack.world.state.commands.push({ command: '/raw', description: '', usageHint: '', shouldEscape: false })
  const socket = await aSocket(slack)
  await socket.next()
  void slack.driver.typeCommand('U0ANN', 'C0OPS', '/raw @bo web.svc & more')
  expect((await socket.next()).payload).toMatchObject({ text: '@bo web.svc &amp; more' })
})

const plain = (text: string) => ({ type: 'plain_text', text })

test('only people in the channel can click, and a declined question sends nothing', async () => {
  const { slack, post } = await aSlack()
  const confirm = { title: plain('Sure?'), text: plain('Really'), confirm: plain('Yes'), deny: plain('No') }
  const elements = [{ type: 'button', action_id: 'go', value: '1', text: plain('Go'), confirm }]
  const ts = await post({ channel: 'C0OPS', text: 'card', blocks: [{ type: 'actions', elements }] })
  const click = (user: string, which: object) => slack.driver.click(user, { channel: 'C0OPS', ts }, which)
  expect(await click('U0FAR', { actionId: 'go' })).toMatchObject({ reason: 'not_in_channel' })
  expect(await click('U0ANN', { actionId: 'stop' })).toMatchObject({ reason: 'unknown_control' })
  expect(await click('U0ANN', { actionId: 'go', confirm: 'no' })).toMatchObject({ reason: 'confirm_declined' })
  expect(await slack.driver.click('U0ANN', { channel: 'C0OPS', ts: '1.000001' }, {})).toMatchObject({
    reason: 'unknown_message',
  })
  const socket = await aSocket(slack)
  await socket.next()
  void click('U0ANN', { label: 'Go' })
  expect((await socket.next()).payload).toMatchObject({
    type: 'block_actions',
    container: { message_ts: ts, channel_id: 'C0OPS', is_ephemeral: false },
    message: { ts, bot_id: 'B0READBACK' },
    actions: [{ action_id: 'go', value: '1' }],
    user: { id: 'U0ANN', team_id: 'T0HOME' },
  })
})

test('a click on an ephemeral message carries no message', async () => {
  const { slack, call } = await aSlack()
  const elements = [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }]
  await call('chat.postEphemeral', {
    channel: 'C0OPS',
    user: 'U0ANN',
    text: 'x',
    blocks: [{ type: 'actions', elements }],
  })
  const ts = slack.driver.ephemeralsFor('U0ANN')[0]?.ts ?? ''
  const socket = await aSocket(slack)
  await socket.next()
  void slack.driver.click('U0ANN', { channel: 'C0OPS', ts }, { label: 'Go' })
  const { payload } = await socket.next()
  expect(payload).toMatchObject({ container: { is_ephemeral: true } })
  expect(payload).not.toHaveProperty('message')
  expect(await slack.driver.click('U0BO', { channel: 'C0OPS', ts }, { label: 'Go' })).toMatchObject({
    reason: 'unknown_message',
  })
})

test('of two messages of one moment in two channels, the one that was meant is clicked', async () => {
  const { slack } = await aSlack()
  const blocks = [
    { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }] },
  ]
  const alone = slack.messages.whisper('C0OPS', 'U0ANN', { user: 'U0READBACK', text: 'alone' })
  const shared = slack.messages.post('C0SHARED', { user: 'U0READBACK', text: 'shared', blocks })
  expect(shared.ts).toBe(alone.ts)
  const socket = await aSocket(slack)
  await socket.next()
  void slack.driver.click('U0ANN', { channel: 'C0SHARED', ts: shared.ts }, { label: 'Go' })
  expect((await socket.next()).payload).toMatchObject({ message: { text: 'shared' }, channel: { id: 'C0SHARED' } })
})

test('what a menu does not offer cannot be chosen, in a message or in a form', async () => {
  const { slack, post } = await aSlack()
  const option = { text: { type: 'plain_text', text: 'Red' }, value: 'red' }
  const menu = { type: 'static_select', action_id: 'colour', options: [option] }
  const ts = await post({ channel: 'C0OPS', text: 'x', blocks: [{ type: 'actions', elements: [menu] }] })
  const refused = { kind: 'not_sent', reason: 'unknown_option' }
  const which = { actionId: 'colour', option: 'green' }
  expect(await slack.driver.choose('U0ANN', { channel: 'C0OPS', ts }, which)).toEqual(refused)
  const label = { type: 'plain_text', text: 'Colour' }
  const input = { type: 'input', block_id: 'b', label, element: menu }
  const view = slack.views.open('U0ANN', { type: 'modal', blocks: [{ type: 'actions', elements: [menu] }, input] })
  expect(await slack.driver.clickInView('U0ANN', view.id, which)).toEqual(refused)
  expect(await slack.driver.submitForm('U0ANN', view.id, { b: 'green' })).toEqual(refused)
  expect(slack.traffic.all().filter(({ kind }) => kind === 'envelope')).toEqual([])
})

test('who is deactivated uses no form either', async () => {
  const { slack } = await aSlack()
  const view = slack.views.open('U0ANN', { type: 'modal', blocks: [] })
  slack.world.administer.deactivate('U0ANN')
  const refused = { kind: 'not_sent', reason: 'deactivated' }
  expect(await slack.driver.submitForm('U0ANN', view.id, {})).toEqual(refused)
  expect(await slack.driver.closeForm('U0ANN', view.id)).toEqual(refused)
  expect(await slack.driver.clickInView('U0ANN', view.id, {})).toEqual(refused)
})

test('a changed user group is told with who came and went', async () => {
  const { slack } = await aSlack()
  const socket = await aSocket(slack)
  await socket.next()
  void slack.notices.changeGroup('S0SRE', ['U0ANN'])
  expect((await socket.next()).payload).toMatchObject({
    event: { type: 'subteam_members_changed', added_users: ['U0ANN'], removed_users: ['U0BO'] },
  })
})

test('app_rate_limited has no event, and a frame of a type nobody knows can be sent', async () => {
  const { slack } = await aSlack()
  const socket = await aSocket(slack)
  await socket.next()
  void slack.notices.appRateLimited()
  const { payload } = await socket.next()
  expect(payload).toMatchObject({ type: 'app_rate_limited' })
  expect(payload).not.toHaveProperty('event')
  slack.faults.frame({ type: 'surprise' })
  expect(await socket.next()).toEqual({ type: 'surprise' })
})

test('a workspace that was exported goes on where it stood in another server', async () => {
  const { slack, post, call } = await aSlack()
  const ts = await post({ channel: 'C0OPS', text: 'card' })
  await call('chat.postEphemeral', { channel: 'C0OPS', user: 'U0ANN', text: 'psst' })
  const saved: unknown = JSON.parse(JSON.stringify(slack.world.export()))
  const { slack: other, clock } = await aSlack()
  other.world.import(saved)
  expect(other.driver.messagesIn('C0OPS')).toMatchObject([{ ts, text: 'card' }])
  expect(other.driver.ephemeralsFor('U0ANN')).toMatchObject([{ text: 'psst' }])
  expect(await aCaller(other).call('chat.update', { channel: 'C0OPS', ts, text: 'moved on' })).toMatchObject({
    ok: true,
  })
  const third = await createSlackServer({ clock, world: other.world.export() })
  expect(third.driver.messagesIn('C0OPS')).toMatchObject([{ text: 'moved on' }])
  await third.stop()
  expect(() => other.world.import({ version: 2 })).toThrow('version')
})

test('a channel keeps its newest messages only, and traffic its newest entries', async () => {
  const { slack } = await aSlack()
  for (let count = 0; count < 2_500; count += 1) slack.messages.post('C0OPS', { user: 'U0ANN', text: String(count) })
  const kept = slack.driver.messagesIn('C0OPS')
  expect(kept.length).toBeLessThanOrEqual(2_000)
  expect(kept.at(-1)?.text).toBe('2499')
  for (let count = 0; count < 5_000; count += 1)
    slack.traffic.note({ kind: 'socket', event: 'hello', connection: String(count) })
  expect(slack.traffic.all()).toHaveLength(2_000)
})

test('waitFor rejects when the server stops first', async () => {
  const { slack } = await aSlack()
  const waiting = slack.waitFor(() => false)
  await slack.stop()
  await expect(waiting).rejects.toThrow('stopped first')
})
