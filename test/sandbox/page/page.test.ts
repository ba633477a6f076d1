import { expect, test } from 'vitest'
import type { PageEvent, PageState } from '../../../src/sandbox/page/protocol.ts'
import { aPage } from './a-page.ts'

function stateOf(events: readonly PageEvent[]): PageState {
  const [first] = events
  if (first?.kind !== 'hello') throw new Error('nothing was told')
  return first.state
}

test('a page opens with what its person may see, and nothing of other channels', async () => {
  const { watch, post } = await aPage()
  await post('/deeds', { kind: 'say', as: 'U0ANN', channel: 'C0SECRET', text: 'psst' })
  await post('/deeds', { kind: 'say', as: 'U0ANN', channel: 'C0TALK', text: 'hello' })
  const ann = stateOf(watch('U0ANN'))
  const bo = stateOf(watch('U0BO'))
  expect(ann.channels.map(({ id }) => id)).toContain('C0SECRET')
  expect(ann.channels.map(({ id }) => id)).not.toContain('C0OLD')
  expect(bo.channels.map(({ id }) => id)).toEqual(['C0OPS', 'C0TALK'])
  expect(bo.messages.map(({ text }) => text)).toEqual(['hello'])
})

test('what somebody says reaches those in the channel, once', async () => {
  const { watch, post, clock } = await aPage()
  const [bo, guest] = [watch('U0BO'), watch('U0GUEST')]
  await post('/deeds', { kind: 'say', as: 'U0ANN', channel: 'C0TALK', text: '你好' })
  await clock.advance(1_000)
  const told = bo.filter((event) => event.kind === 'message')
  expect(told.map(({ message }) => message?.text)).toEqual(['你好'])
  expect(guest.filter((event) => event.kind === 'message')).toEqual([])
})

test('changes of one message between two looks are told as one, with its newest text', async () => {
  const { slack, watch, clock } = await aPage()
  const events = watch('U0ANN')
  const message = slack.messages.post('C0OPS', { user: 'U0READBACK', text: 'one' })
  for (const text of ['two', 'three']) slack.messages.touch(message, 'C0OPS', (changing) => (changing.text = text))
  await clock.advance(1_000)
  expect(events.flatMap((event) => (event.kind === 'message' ? [event.message?.text] : []))).toEqual(['three'])
  slack.messages.remove(message, 'C0OPS')
  await clock.advance(1_000)
  expect(events.at(-1)).toEqual({ kind: 'message', channel: 'C0OPS', ts: message.ts })
})

test('an ephemeral message is told to its person alone, as one', async () => {
  const { slack, watch, clock } = await aPage()
  const [ann, bo] = [watch('U0ANN'), watch('U0BO')]
  slack.messages.whisper('C0OPS', 'U0ANN', { user: 'U0READBACK', text: 'for you' })
  await clock.advance(1_000)
  const told = ann.flatMap((event) => (event.kind === 'message' ? [event.message] : []))
  expect(told).toMatchObject([{ text: 'for you', onlyForYou: true, channel: 'C0OPS' }])
  expect(bo.filter((event) => event.kind === 'message')).toEqual([])
})

test('a command that nobody knows is answered with the reason; one without a bot with a message', async () => {
  const { post, slack, lines } = await aPage()
  expect(await post('/deeds', { kind: 'say', as: 'U0ANN', channel: 'C0OPS', text: '/nonsense' })).toEqual({
    ok: false,
    reason: 'unknown_command',
  })
  expect(await post('/deeds', { kind: 'say', as: 'U0ANN', channel: 'C0OPS', text: '/ops help' })).toEqual({
    ok: false,
    reason: 'undelivered',
  })
  expect(slack.driver.ephemeralsFor('U0ANN').map(({ text }) => text)).toEqual([
    '/ops failed with the error "dispatch_failed"',
  ])
  expect(lines).toEqual(['/nonsense', '/ops help'])
})

test('commands in threads are refused as the chat refuses them', async () => {
  const { post, slack } = await aPage()
  const parent = slack.messages.post('C0OPS', { user: 'U0BO', text: 'look' })
  const deed = { kind: 'say', as: 'U0ANN', channel: 'C0OPS', thread: parent.ts }
  expect(await post('/deeds', { ...deed, text: '/ops help' })).toEqual({ ok: false, reason: 'no_commands_in_threads' })
  expect(await post('/deeds', { ...deed, text: 'yes' })).toEqual({ ok: true })
  expect(slack.driver.thread('C0OPS', parent.ts).map(({ text }) => text)).toEqual(['look', 'yes'])
})

test.each([
  {},
  { kind: 'say', as: 'U0ANN', channel: 'C0OPS' },
  { kind: 'say', as: 'U0ANN', channel: 'C0OPS', text: 'x', admin: true },
  { kind: 'say', as: 'U0ANN', channel: 'C0OPS', text: 'x'.repeat(20_000) },
  { kind: 'explode' },
])('a deed that is none changes nothing: %#', async (deed) => {
  const { post, slack } = await aPage()
  expect(await post('/deeds', deed)).toMatchObject({ ok: false })
  expect(slack.driver.messagesIn('C0OPS')).toEqual([])
})

test('the event stream carries what the feed tells', async () => {
  const { origin, cookie } = await aPage()
  const response = await fetch(`${origin}/events?as=U0ANN`, { headers: { cookie } })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const { value = '' } = (await reader?.read()) ?? {}
  expect(value).toMatch(/^data: \{"kind":"hello"/)
  await reader?.cancel()
  expect((await fetch(`${origin}/events?as=NOBODY`, { headers: { cookie } })).status).toBe(404)
})

test('the chat can be made to answer 429, and relieved again', async () => {
  const { post, slack } = await aPage()
  const call = () =>
    fetch(`${slack.apiUrl}auth.test`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.world.state.app.botToken}` },
    })
  await post('/accidents', { kind: 'limit_chat', on: 'on' })
  expect((await call()).status).toBe(429)
  expect((await call()).status).toBe(429)
  await post('/accidents', { kind: 'limit_chat', on: 'off' })
  expect((await call()).status).toBe(200)
})
