import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { aCaller } from './support/caller.ts'
import { aSocket } from './support/client.ts'
import { aSlack } from './support/server.ts'

const codes = (slack: Awaited<ReturnType<typeof aSlack>>['slack']) => slack.findings.all().map(({ code }) => code)

test('says hello first and counts the connections', async () => {
  const { slack } = await aSlack()
  const first = await aSocket(slack)
  expect(await first.next()).toMatchObject({ type: 'hello', num_connections: 1 })
  const second = await aSocket(slack)
  expect(await second.next()).toMatchObject({ type: 'hello', num_connections: 2 })
})

test('a command reaches one connection only, chosen at random', async () => {
  const rolls = [0.9, 0.1]
  const { slack } = await aSlack({ random: () => rolls.shift() ?? 0 })
  const first = await aSocket(slack)
  await first.next()
  const second = await aSocket(slack)
  await second.next()
  const told = slack.driver.typeCommand('U0ANN', 'C0OPS', '/ops help')
  const frame = await second.next()
  expect(frame).toMatchObject({
    type: 'slash_commands',
    accepts_response_payload: true,
    payload: { command: '/ops', text: 'help', user_id: 'U0ANN', is_enterprise_install: 'false' },
  })
  second.ack(frame)
  expect(await told).toMatchObject({ kind: 'acked', payload: {} })
  expect(first.unread()).toBe(0)
  expect(slack.findings.all()).toEqual([])
})

test('an ack counts on another connection than the one the envelope came by', async () => {
  const { slack } = await aSlack({ random: () => 0 })
  const first = await aSocket(slack)
  await first.next()
  const second = await aSocket(slack)
  await second.next()
  const told = slack.driver.typeCommand('U0ANN', 'C0OPS', '/ops help')
  second.ack(await first.next(), { text: 'hello' })
  expect(await told).toMatchObject({ kind: 'acked', payload: { text: 'hello' } })
  expect(slack.driver.ephemeralsFor('U0ANN')).toMatchObject([{ text: 'hello' }])
})

test('no ack within 3 s: the person is told, a later ack is a finding and its text is lost', async () => {
  const { slack, clock } = await aSlack()
  const socket = await aSocket(slack)
  await socket.next()
  const told = slack.driver.typeCommand('U0ANN', 'C0OPS', '/ops help')
  const frame = await socket.next()
  await clock.advance(3_000)
  expect(await told).toEqual({ kind: 'timed_out' })
  expect(codes(slack)).toEqual(['ack_missing'])
  expect(slack.driver.ephemeralsFor('U0ANN')).toMatchObject([
    { user: 'USLACKBOT', text: '/ops failed with the error "operation_timeout"' },
  ])
  socket.ack(frame, { text: 'too late' })
  await slack.waitFor(() => codes(slack).includes('ack_late'))
  expect(slack.driver.ephemeralsFor('U0ANN')).toHaveLength(1)
})

test('second acks, unknown envelopes and unreadable frames are findings', async () => {
  const { slack } = await aSlack()
  const socket = await aSocket(slack)
  await socket.next()
  const told = slack.driver.typeCommand('U0ANN', 'C0OPS', '/ops help')
  const frame = await socket.next()
  socket.ack(frame)
  socket.ack(frame)
  socket.ack({ type: '', envelope_id: 'nobody' })
  socket.say('not json')
  await told
  await slack.waitFor(() => slack.findings.all().length === 3)
  expect(codes(slack)).toEqual(['ack_twice', 'ack_unknown', 'frame_unreadable'])
})

test('an envelope sent twice may be acked twice', async () => {
  const { slack } = await aSlack()
  const socket = await aSocket(slack)
  await socket.next()
  slack.faults.duplicate(1)
  const told = slack.driver.typeCommand('U0ANN', 'C0OPS', '/ops help')
  const [one, two] = [await socket.next(), await socket.next()]
  expect(one.envelope_id).toBe(two.envelope_id)
  socket.ack(one)
  socket.ack(two)
  await told
  await slack.waitFor(() => slack.traffic.all().filter(({ kind }) => kind === 'ack').length === 2)
  expect(slack.findings.all()).toEqual([])
})

test('without a connection a command fails at once and is never sent again', async () => {
  const { slack } = await aSlack()
  expect(await slack.driver.typeCommand('U0ANN', 'C0OPS', '/ops help')).toEqual({ kind: 'undelivered' })
  const socket = await aSocket(slack)
  await socket.next()
  expect(socket.unread()).toBe(0)
  expect(slack.driver.ephemeralsFor('U0ANN')).toMatchObject([{ text: '/ops failed with the error "dispatch_failed"' }])
})

test('an unanswered event is tried again at once, after one and after five minutes, and no more', async () => {
  const { slack, clock } = await aSlack()
  const socket = await aSocket(slack)
  await socket.next()
  void slack.driver.mention({ user: 'U0ANN', channel: 'C0OPS', text: 'status' })
  const first = await socket.next()
  expect(first).toMatchObject({ type: 'events_api', accepts_response_payload: false })
  expect(first.retry_attempt).toBeUndefined()
  const attempts: unknown[] = []
  for (const wait of [3_000, 63_000, 303_000]) {
    await clock.advance(wait)
    const again = await socket.next()
    attempts.push(again.retry_attempt)
    expect(again.payload?.['event_id']).toBe(first.payload?.['event_id'])
  }
  expect(attempts).toEqual([1, 2, 3])
  await clock.advance(3_600_000)
  expect(socket.unread()).toBe(0)
})

test('an acked retry ends the retries', async () => {
  const { slack, clock } = await aSlack()
  const socket = await aSocket(slack)
  await socket.next()
  void slack.driver.mention({ user: 'U0ANN', channel: 'C0OPS', text: 'status' })
  await socket.next()
  await clock.advance(3_000)
  socket.ack(await socket.next())
  await slack.waitFor(() => slack.traffic.all().some(({ kind }) => kind === 'ack'))
  await clock.advance(3_600_000)
  expect(socket.unread()).toBe(0)
})

test('the eleventh connection is turned away with too_many_websockets', async () => {
  const { slack } = await aSlack()
  for (let count = 0; count < 10; count += 1) await (await aSocket(slack)).next()
  const eleventh = await aSocket(slack)
  expect(await eleventh.next()).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' })
  await eleventh.closed
  expect(slack.sockets.open()).toBe(10)
})

test('an address is good for one connection only', async () => {
  const { slack } = await aSlack()
  const { call } = aCaller(slack, slack.world.state.app.appToken)
  const address = z.string().parse((await call('apps.connections.open'))['url'])
  const outcome = () =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(address)
      socket.on('message', () => resolve('hello'))
      socket.on('unexpected-response', (_request, response) => resolve(`refused ${response.statusCode}`))
    })
  expect([await outcome(), await outcome()]).toEqual(['hello', 'refused 404'])
})

test('a website and an address that is none get no connection, and the server lives', async () => {
  const { slack } = await aSlack()
  const { call } = aCaller(slack, slack.world.state.app.appToken)
  const refused = async (change: (url: string) => string, headers = {}) => {
    const address = change(z.string().parse((await call('apps.connections.open'))['url']))
    return new Promise<number | undefined>((resolve) => {
      const socket = new WebSocket(address, { headers })
      socket.on('error', () => {})
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode))
    })
  }
  expect(await refused((url) => url, { origin: 'https://evil.example' })).toBe(404)
  expect(await refused((url) => url, { host: 'evil.example' })).toBe(404)
  expect(await refused((url) => `${new URL(url).origin}//`)).toBe(404)
  expect(slack.sockets.open()).toBe(0)
})

test('disconnect goes out on demand and the close handshake is answered', async () => {
  const { slack } = await aSlack()
  const socket = await aSocket(slack)
  await socket.next()
  slack.faults.rotate('refresh_requested')
  expect(await socket.next()).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' })
  socket.close()
  await socket.closed
  await slack.waitFor(() => slack.sockets.open() === 0)
})

test('like the real one, keeps TCP open after the close handshake', async () => {
  const { slack } = await aSlack({ tcpAfterClose: 'keeps' })
  const socket = await aSocket(slack)
  await socket.next()
  let closed = false
  void socket.closed.then(() => (closed = true))
  socket.close()
  await slack.waitFor(() => slack.sockets.open() === 0)
  await new Promise((resolve) => setImmediate(resolve))
  expect(closed).toBe(false)
})

test('nobody waits any more once the server stopped', async () => {
  const { slack, clock } = await aSlack()
  const socket = await aSocket(slack)
  await socket.next()
  const told = slack.driver.typeCommand('U0ANN', 'C0OPS', '/ops help')
  await socket.next()
  await slack.stop()
  expect(await told).toEqual({ kind: 'undelivered' })
  expect(clock.pending()).toBe(0)
})
