import { afterEach, beforeEach, expect, test } from 'vitest'
import type { View } from '../../../src/sandbox/slack/world/state.ts'
import type { SlackServer } from '../../../src/sandbox/slack/server.ts'
import { createSlackServer } from '../../../src/sandbox/slack/server.ts'
import type { ManualClock } from '../../support/manual-clock.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { aBoltApp } from './support/bolt.ts'
import { aWorld } from './support/world.ts'

let clock: ManualClock
let slack: SlackServer
let bot: ReturnType<typeof aBoltApp>

beforeEach(async () => {
  clock = createManualClock()
  slack = await createSlackServer({ clock, world: aWorld(), tcpAfterClose: 'ends' })
  bot = aBoltApp(slack)
})

afterEach(async () => {
  await bot.stop()
  await slack.waitFor(() => slack.sockets.open() === 0)
  await slack.stop()
})

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const card = {
  channel: 'C0OPS',
  text: 'Deploy web',
  unfurl_links: false,
  unfurl_media: false,
  blocks: [
    {
      type: 'actions' as const,
      elements: [
        { type: 'button' as const, action_id: 'go', value: '7F3K', text: plain('Approve') },
        {
          type: 'static_select' as const,
          action_id: 'more',
          placeholder: plain('More'),
          options: [{ text: plain('Logs'), value: 'logs' }],
        },
      ],
    },
  ],
}
const postCard = async (channel = 'C0OPS') => {
  await bot.app.client.apiCall('chat.postMessage', { ...card, channel })
  return slack.driver.messagesIn(channel).at(-1)?.ts ?? ''
}
const form: View['body'] = {
  type: 'modal',
  callback_id: 'scale',
  private_metadata: 'C0OPS',
  title: plain('Scale'),
  submit: plain('Scale'),
  blocks: [
    {
      type: 'input',
      block_id: 'replicas',
      label: plain('Replicas'),
      element: { type: 'number_input', action_id: 'n', is_decimal_allowed: false },
    },
    {
      type: 'input',
      block_id: 'reason',
      optional: true,
      label: plain('Reason'),
      element: { type: 'plain_text_input', action_id: 'r' },
    },
  ],
}

test('a command is answered alone and in the channel, a click edits the message', async () => {
  bot.app.command('/deploy', async ({ ack, client, command, respond }) => {
    await ack()
    await respond({ text: `asked: ${command.text}` })
    await client.apiCall('chat.postMessage', card)
  })
  bot.app.action('go', async ({ ack, body, client, action }) => {
    await ack()
    if (body.type !== 'block_actions' || action.type !== 'button') throw new Error('no button')
    const text = `approved ${action.value} by ${body.user.id}`
    await client.chat.update({ channel: body.channel?.id ?? '', ts: body.message?.['ts'] ?? '', text, blocks: [] })
  })
  await bot.connect()
  expect(slack.sockets.open()).toBe(2)

  expect(await slack.driver.typeCommand('U0ANN', 'C0OPS', '/deploy web 1.5.0 & @bo')).toMatchObject({ kind: 'acked' })
  const posted = await slack.waitFor(() => slack.driver.messagesIn('C0OPS')[0])
  expect(slack.driver.ephemeralsFor('U0ANN')).toMatchObject([{ text: 'asked: web 1.5.0 &amp; <@U0BO|bo>' }])

  await slack.driver.click('U0BO', { channel: 'C0OPS', ts: posted.ts }, { label: 'Approve' })
  await slack.waitFor(() => slack.driver.messagesIn('C0OPS')[0]?.text === 'approved 7F3K by U0BO')
  expect(slack.driver.messagesIn('C0OPS')[0]?.blocks).toBeUndefined()
  expect(slack.findings.all()).toEqual([])
})

test('a choice carries its option, and response_url replaces the message', async () => {
  bot.app.action('more', async ({ ack, action, respond }) => {
    await ack()
    if (action.type !== 'static_select') throw new Error('no menu')
    await respond({ text: `chose ${action.selected_option.value}`, replace_original: true })
  })
  await bot.connect()
  const ref = { channel: 'C0OPS', ts: await postCard() }
  await slack.driver.choose('U0ANN', ref, { actionId: 'more', option: 'Logs' })
  await slack.waitFor(() => slack.driver.messagesIn('C0OPS')[0]?.text === 'chose logs')
  expect(await slack.driver.click('U0ANN', ref, { label: 'Approve' })).toEqual({
    kind: 'not_sent',
    reason: 'unknown_control',
  })
})

test('a form comes back with errors beside its fields until it is right', async () => {
  const seen: unknown[] = []
  bot.app.command('/ops', async ({ ack, client, command }) => {
    await ack()
    await client.apiCall('views.open', { trigger_id: command.trigger_id, view: form })
  })
  bot.app.view('scale', async ({ ack, view }) => {
    const { value } = view.state.values['replicas']?.['n'] ?? {}
    seen.push([view.private_metadata, value, view.state.values['reason']?.['r']?.value])
    if (Number(value) > 10) await ack({ response_action: 'errors', errors: { replicas: 'at most 10' } })
    else await ack()
  })
  await bot.connect()
  await slack.driver.typeCommand('U0ANN', 'C0OPS', '/ops scale')
  const { id } = await slack.waitFor(() => slack.driver.openViews('U0ANN')[0])

  expect(await slack.driver.submitForm('U0ANN', id, {})).toMatchObject({ kind: 'incomplete' })
  expect(seen).toEqual([])
  await slack.driver.submitForm('U0ANN', id, { replicas: '11' })
  expect(slack.driver.openViews('U0ANN')).toMatchObject([{ errors: { replicas: 'at most 10' } }])
  await slack.driver.submitForm('U0ANN', id, { Replicas: '5', r: 'peak' })
  expect(slack.driver.openViews('U0ANN')).toEqual([])
  expect(seen).toEqual([
    ['C0OPS', '11', null],
    ['C0OPS', '5', 'peak'],
  ])
  expect(slack.findings.all()).toEqual([])
})

test('an answer to a form that Slack would refuse shows trouble and is a finding', async () => {
  bot.app.command('/ops', async ({ ack, client, command }) => {
    await ack()
    await client.apiCall('views.open', { trigger_id: command.trigger_id, view: form })
  })
  bot.app.view('scale', async ({ ack }) => ack({ response_action: 'errors', errors: { nowhere: 'x' } }))
  await bot.connect()
  await slack.driver.typeCommand('U0ANN', 'C0OPS', '/ops scale')
  const { id } = await slack.waitFor(() => slack.driver.openViews('U0ANN')[0])
  await slack.driver.submitForm('U0ANN', id, { replicas: '1' })
  expect(slack.driver.openViews('U0ANN')).toMatchObject([{ errors: {}, trouble: expect.stringContaining('trouble') }])
  expect(slack.findings.all()).toMatchObject([{ code: 'answer_refused' }])
})

test('a mention in a thread arrives with its thread, mangled as Slack does', async () => {
  const seen = new Promise<object>((resolve) => {
    bot.app.event('app_mention', async ({ event, body }) => resolve({ ...event, team_id: body.team_id }))
  })
  await bot.connect()
  const thread = await postCard('C0SHARED')
  await slack.driver.mention({ user: 'U0FAR', channel: 'C0SHARED', text: 'status web.svc <b> @ann', thread })
  expect(await seen).toMatchObject({
    user: 'U0FAR',
    team_id: 'T0OTHER',
    user_team: 'T0OTHER',
    thread_ts: thread,
    text: '<@U0READBACK> status <http://web.svc|web.svc> &lt;b&gt; <@U0ANN>',
  })
})

test('a direct message is heard, the own answer is not', async () => {
  const heard: string[] = []
  bot.app.message(async ({ message, say }) => {
    if (message.subtype !== undefined) return
    heard.push(message.text ?? '')
    await say({ text: 'yes?', unfurl_links: false, unfurl_media: false })
  })
  await bot.connect()
  const { id } = slack.world.direct('U0ANN', 'U0READBACK')
  expect(await slack.driver.say({ user: 'U0ANN', channel: id, text: 'hello' })).toMatchObject({ kind: 'acked' })
  await slack.waitFor(() => slack.driver.messagesIn(id).length === 2)
  await slack.waitFor(() => slack.traffic.all().filter(({ kind }) => kind === 'ack').length === 2)
  expect(heard).toEqual(['hello'])
})

test('a file travels in three steps and stands in the thread', async () => {
  await bot.connect()
  const ts = await postCard()
  await bot.app.client.filesUploadV2({
    channel_id: 'C0OPS',
    thread_ts: ts,
    filename: 'web.log',
    title: 'Logs of web',
    alt_text: 'the last lines',
    file: Buffer.from('line one\nline two\n'),
  })
  const reply = slack.driver.thread('C0OPS', ts)[1]
  const file = slack.world.state.files.find(({ id }) => reply?.files?.includes(id))
  expect(file).toMatchObject({ name: 'web.log', title: 'Logs of web', about: 'the last lines', state: 'complete' })
  expect(Buffer.from(file?.content ?? '', 'base64').toString()).toBe('line one\nline two\n')
  expect(slack.findings.all()).toEqual([])
})

test('a rate limit reaches the bot with its seconds', async () => {
  await bot.connect()
  slack.faults.add({ method: 'chat.postMessage', kind: 'rate_limit', retryAfter: 7 })
  await expect(bot.app.client.apiCall('chat.postMessage', { ...card })).rejects.toMatchObject({ retryAfter: 7 })
})

test('an unknown command is never acked, and the person is told after 3 s', async () => {
  await bot.connect()
  const told = slack.driver.typeCommand('U0ANN', 'C0OPS', '/ops help')
  await slack.waitFor(() => slack.traffic.all().some(({ kind }) => kind === 'envelope'))
  await clock.advance(3_000)
  expect(await told).toEqual({ kind: 'timed_out' })
  expect(slack.findings.all()).toMatchObject([{ code: 'ack_missing' }])
})

test('while one connection is renewed the other one answers, and both are back afterwards', async () => {
  bot.app.command('/ops', async ({ ack }) => ack())
  await bot.connect()
  const [first] = slack.sockets.connections()
  const back = bot.reconnected(1)
  slack.faults.rotate('warning', first)
  await slack.waitFor(() => slack.sockets.open() === 1)
  for (let count = 0; count < 5; count += 1)
    expect(await slack.driver.typeCommand('U0ANN', 'C0OPS', '/ops help')).toMatchObject({ kind: 'acked' })
  await back
  expect(slack.sockets.open()).toBe(2)
  expect(slack.sockets.connections()).not.toContain(first)
  expect(slack.findings.all()).toEqual([])
})

test('cut connections come back by themselves', async () => {
  bot.app.command('/ops', async ({ ack }) => ack())
  await bot.connect()
  const back = bot.reconnected(2)
  slack.faults.drop()
  expect(slack.sockets.open()).toBe(0)
  await back
  expect(await slack.driver.typeCommand('U0ANN', 'C0OPS', '/ops help')).toMatchObject({ kind: 'acked' })
})
