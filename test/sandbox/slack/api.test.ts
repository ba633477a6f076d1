import { request } from 'node:http'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { aCaller } from './support/caller.ts'
import { aSlack } from './support/server.ts'

const Listing = z.object({
  messages: z.array(z.object({ text: z.string() })).optional(),
  response_metadata: z.object({ next_cursor: z.string() }).optional(),
})

const quiet = { unfurl_links: false, unfurl_media: false }
const tagged = (id: string) => ({ metadata: { event_type: 'readback', event_payload: { id } } })
const say = (channel: string, text = 'hello') => ({ channel, text, ...quiet })

/** Node's own fetch sets Host by itself, and rewrites paths. */
const rawGet = (url: string, headers: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const path = url.slice(new URL(url).origin.length)
    const asking = request({ hostname, port, path, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asking.once('error', reject)
    asking.end()
  })

test('knows who the token belongs to, whichever way it comes', async () => {
  const { slack, call } = await aSlack()
  const who = { ok: true, user_id: 'U0READBACK', bot_id: 'B0READBACK', team_id: 'T0HOME' }
  expect(await call('auth.test', { team_id: 'T0OTHER' })).toMatchObject(who)
  const send = async (init: RequestInit) =>
    (await fetch(`${slack.apiUrl}auth.test`, { method: 'POST', ...init })).json()
  expect(await send({ body: new URLSearchParams({ token: 'xoxb-sandbox' }) })).toMatchObject(who)
  const json = { 'content-type': 'application/json' }
  expect(await send({ body: JSON.stringify({ token: 'xoxb-sandbox' }), headers: json })).toMatchObject(who)
  const form = new FormData()
  form.set('token', 'xoxb-sandbox')
  expect(await send({ body: form })).toMatchObject(who)
  expect(await send({})).toEqual({ ok: false, error: 'not_authed' })
})

test.each<Readonly<Record<string, string>>>([
  { origin: 'https://evil.example' },
  // What an <img> sends: no Origin at all.
  { 'sec-fetch-site': 'cross-site' },
  { host: 'evil.example' },
])("a website in somebody's browser is turned away: %o", async (headers) => {
  const { slack } = await aSlack()
  expect(await rawGet(`${slack.apiUrl}auth.test?token=xoxb-sandbox`, headers)).toBe(403)
  expect(slack.traffic.all()).toEqual([])
})

test('a request for no address at all is answered, and is no fault of the server', async () => {
  const { slack } = await aSlack()
  for (const path of ['//', '/%zz']) expect(await rawGet(new URL(slack.apiUrl).origin + path, {}), path).toBe(404)
  expect(slack.findings.all()).toEqual([])
})

test('refuses wrong, mixed, revoked and expired tokens, and app tokens where bot tokens belong', async () => {
  const { slack, call } = await aSlack()
  expect(await aCaller(slack, 'xoxb-other').call('auth.test')).toMatchObject({ error: 'invalid_auth' })
  expect(await call('auth.test', { token: 'xoxb-other' })).toMatchObject({ error: 'invalid_auth' })
  expect(await aCaller(slack, 'xapp-sandbox').call('auth.test')).toMatchObject({ error: 'not_allowed_token_type' })
  expect(await call('apps.connections.open')).toMatchObject({ error: 'not_allowed_token_type' })
  slack.world.administer.setTokens('revoked')
  expect(await call('auth.test')).toMatchObject({ error: 'token_revoked' })
  slack.world.administer.setTokens('expired')
  expect(await call('auth.test')).toMatchObject({ error: 'token_expired' })
})

test('names the scope that is missing', async () => {
  const { slack, call } = await aSlack()
  slack.world.administer.setScopes(['chat:write', 'channels:read'])
  expect(await call('users.info', { user: 'U0ANN' })).toEqual({
    ok: false,
    error: 'missing_scope',
    needed: 'users:read',
    provided: 'chat:write,channels:read',
  })
  expect(await call('chat.postMessage', { ...say('C0OPS'), username: 'somebody' })).toMatchObject({
    error: 'missing_scope',
    needed: 'chat:write.customize',
  })
})

test('unknown methods and missing arguments are refused, unknown arguments are findings', async () => {
  const { slack, call } = await aSlack()
  expect(await call('chat.shout')).toMatchObject({ error: 'unknown_method' })
  expect(await call('chat.postMessage', { text: 'x' })).toMatchObject({
    error: 'invalid_arguments',
    response_metadata: { messages: ['[ERROR] missing required field: channel'] },
  })
  await call('chat.postMessage', { ...say('C0OPS'), chanel: 'x' })
  expect(slack.findings.all()).toMatchObject([{ code: 'unknown_argument', detail: 'chanel' }])
})

test.each([
  ['C0NONE', 'channel_not_found'],
  ['ops', 'channel_not_found'],
  ['C0TALK', 'not_in_channel'],
  ['C0OLD', 'is_archived'],
  ['C0SECRET', 'channel_not_found'],
])('a post to %s is refused: %s', async (channel, error) => {
  const { slack, call } = await aSlack()
  expect(await call('chat.postMessage', say(channel))).toMatchObject({ ok: false, error })
  expect(slack.driver.messagesIn(channel)).toEqual([])
})

test('kicked and archived take effect at once', async () => {
  const { slack, post, call } = await aSlack()
  await post({ channel: 'C0OPS', text: 'one' })
  slack.world.administer.kick('C0OPS', 'U0READBACK')
  expect(await call('chat.postMessage', say('C0OPS'))).toMatchObject({ error: 'not_in_channel' })
  slack.world.administer.invite('C0OPS', 'U0READBACK')
  slack.world.administer.archive('C0OPS')
  expect(await call('chat.postMessage', say('C0OPS'))).toMatchObject({ error: 'is_archived' })
})

test.each([
  [{ text: '' }, 'no_text'],
  [{ text: 'x'.repeat(40_001) }, 'msg_too_long'],
  [{ text: 'x', markdown_text: 'x' }, 'markdown_text_conflict'],
  [{ text: 'x', blocks: '{"not":"a list"}' }, 'invalid_blocks_format'],
  [{ text: 'x', blocks: JSON.stringify('[]') }, 'invalid_blocks_format'],
  [{ text: 'x', blocks: [{ type: 'shout' }] }, 'invalid_blocks'],
  [{ text: 'x', metadata: { event_type: '' } }, 'invalid_metadata_format'],
  [{ text: 'x', metadata: { event_type: 'a', event_payload: { a: 'x'.repeat(8_000) } } }, 'metadata_too_large'],
  [{ text: 'x', thread_ts: '1.000001' }, 'thread_not_found'],
  [{ text: 'x', attachments: Array.from({ length: 101 }, () => ({ text: 'x' })) }, 'too_many_attachments'],
])('a message is refused: %#', async (content, error) => {
  const { call } = await aSlack()
  expect(await call('chat.postMessage', { channel: 'C0OPS', ...quiet, ...content })).toMatchObject({ error })
})

test('too much text in all blocks together is refused, though each is within its limit', async () => {
  const { call } = await aSlack()
  const blocks = Array.from({ length: 5 }, () => ({
    type: 'section',
    text: { type: 'plain_text', text: 'x'.repeat(2_700) },
  }))
  expect(await call('chat.postMessage', { ...say('C0OPS'), blocks })).toMatchObject({ error: 'msg_blocks_too_long' })
  const alone = { channel: 'C0OPS', user: 'U0ANN', text: 'x', blocks }
  expect(await call('chat.postEphemeral', alone)).toMatchObject({ error: 'msg_blocks_too_long' })
  const { ts } = await call('chat.postMessage', say('C0OPS'))
  const update = { channel: 'C0OPS', ts: ts ?? '', text: 'x', blocks }
  expect(await call('chat.update', update)).toMatchObject({ error: 'msg_blocks_too_long' })
  expect(await call('chat.postMessage', { ...say('C0OPS'), blocks: blocks.slice(1) })).toMatchObject({ ok: true })
})

test('replies belong to the first message, not to another reply', async () => {
  const { slack, post, call } = await aSlack()
  const parent = await post({ channel: 'C0OPS', text: 'parent' })
  const reply = await post({ channel: 'C0OPS', text: 'reply', thread_ts: parent })
  expect(await call('chat.postMessage', { ...say('C0OPS'), thread_ts: reply })).toMatchObject({
    error: 'cannot_reply_to_message',
  })
  expect(slack.driver.thread('C0OPS', parent).map(({ text }) => text)).toEqual(['parent', 'reply'])
})

test('one message a second and channel after a short burst; other channels and methods go on', async () => {
  const { clock, raw, call } = await aSlack()
  for (let count = 0; count < 3; count += 1) expect((await raw('chat.postMessage', say('C0OPS'))).status).toBe(200)
  const limited = await raw('chat.postMessage', say('C0OPS'))
  expect([limited.status, limited.headers.get('retry-after'), await limited.json()]).toEqual([
    429,
    '1',
    { ok: false, error: 'ratelimited' },
  ])
  expect(await call('chat.postMessage', say('C0SHARED'))).toMatchObject({ ok: true })
  expect(await call('users.info', { user: 'U0ANN' })).toMatchObject({ ok: true })
  await clock.advance(1_000)
  expect((await raw('chat.postMessage', say('C0OPS'))).status).toBe(200)
  expect((await raw('chat.postMessage', say('C0OPS'))).status).toBe(429)
})

test('a tier 2 method takes 20 calls a minute and says when the next may come', async () => {
  const { clock, raw } = await aSlack()
  const list = async () => raw('usergroups.users.list', { usergroup: 'S0SRE' })
  for (let count = 0; count < 20; count += 1) expect((await list()).status).toBe(200)
  await clock.advance(15_000)
  const limited = await list()
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '45'])
  await clock.advance(45_000)
  expect((await list()).status).toBe(200)
})

test('chat.update changes own messages only and keeps blocks that it is not given', async () => {
  const { slack, post, call } = await aSlack()
  const blocks = [{ type: 'divider' }]
  const ts = await post({ channel: 'C0OPS', text: 'card', blocks })
  const change = (args: object) => call('chat.update', { channel: 'C0OPS', ts, ...args })
  expect(await change({ text: 'x'.repeat(4_001) })).toMatchObject({ error: 'msg_too_long' })
  expect(await change({ ts: '1.000001', text: 'x' })).toMatchObject({ error: 'message_not_found' })
  expect(await change({ text: 'second' })).toMatchObject({ ok: true, text: 'second' })
  expect(slack.messages.find('C0OPS', ts)).toMatchObject({
    blocks: [{ type: 'divider' }],
    edited: { user: 'U0READBACK' },
  })
  expect(await change({ text: 'third', blocks: [] })).toMatchObject({ ok: true })
  expect(slack.messages.find('C0OPS', ts)?.blocks).toBeUndefined()
  await slack.driver.say({ user: 'U0ANN', channel: 'C0OPS', text: 'mine' })
  const mine = slack.driver.messagesIn('C0OPS').at(-1)?.ts ?? ''
  expect(await change({ ts: mine, text: 'x' })).toMatchObject({ error: 'cant_update_message' })
  expect(await call('chat.delete', { channel: 'C0OPS', ts: mine })).toMatchObject({ error: 'cant_delete_message' })
  slack.world.administer.archive('C0OPS')
  expect(await change({ text: 'x' })).toMatchObject({ error: 'is_inactive' })
})

test('ephemeral messages need a member, show to that person alone, and cannot be updated', async () => {
  const { slack, call } = await aSlack()
  const whisper = (user: string) => call('chat.postEphemeral', { channel: 'C0OPS', user, text: 'psst' })
  expect(await whisper('U0FAR')).toMatchObject({ error: 'user_not_in_channel' })
  const { message_ts: ts } = await whisper('U0ANN')
  expect(slack.driver.ephemeralsFor('U0ANN')).toMatchObject([{ text: 'psst', onlyFor: 'U0ANN', channel: 'C0OPS' }])
  expect(slack.driver.ephemeralsFor('U0BO')).toEqual([])
  expect(slack.driver.messagesIn('C0OPS')).toEqual([])
  expect(await call('chat.update', { channel: 'C0OPS', ts: String(ts), text: 'x' })).toMatchObject({
    error: 'message_not_found',
  })
})

test('a lost answer can be read back by its metadata, in the channel and in the thread', async () => {
  const { slack, post, raw, call } = await aSlack()
  const parent = await post({ channel: 'C0OPS', text: 'parent' })
  slack.faults.add({ method: 'chat.postMessage', kind: 'lose_answer', how: 'reset' })
  await expect(raw('chat.postMessage', { ...say('C0OPS'), ...tagged('a') })).rejects.toThrow('fetch failed')
  slack.faults.add({ method: 'chat.postMessage', kind: 'lose_answer', how: 'fail' })
  const reply = { ...say('C0OPS'), ...tagged('b'), thread_ts: parent }
  expect((await raw('chat.postMessage', reply)).status).toBe(500)

  const history = { channel: 'C0OPS', include_all_metadata: true, limit: 1 }
  expect(await call('conversations.history', history)).toMatchObject({
    messages: [{ metadata: { event_type: 'readback', event_payload: { id: 'a' } } }],
    has_more: true,
  })
  const thread = { channel: 'C0OPS', ts: parent, include_all_metadata: true }
  expect(await call('conversations.replies', thread)).toMatchObject({
    messages: [{ ts: parent, reply_count: 1 }, { metadata: { event_payload: { id: 'b' } } }],
  })
  const bare = await call('conversations.history', { channel: 'C0OPS' })
  expect(JSON.stringify(bare)).not.toContain('event_payload')
})

test('history pages backwards and keeps to oldest and latest', async () => {
  const { clock, post, call } = await aSlack()
  const sent: string[] = []
  for (const text of ['1', '2', '3', '4']) {
    sent.push(await post({ channel: 'C0OPS', text }))
    await clock.advance(1_000)
  }
  const read = async (args: object) => {
    const answer = await call('conversations.history', { channel: 'C0OPS', ...args })
    const { messages = [], response_metadata: paging } = Listing.parse(answer)
    return { texts: messages.map(({ text }) => text).join(' '), cursor: paging?.next_cursor ?? '', answer }
  }
  const first = await read({ limit: 3 })
  expect(first).toMatchObject({ texts: '4 3 2', answer: { has_more: true } })
  expect(await read({ limit: 3, cursor: first.cursor })).toMatchObject({ texts: '1', cursor: '' })
  const [, oldest = '', latest = ''] = sent
  expect((await read({ oldest })).texts).toBe('4 3')
  expect((await read({ oldest, latest, inclusive: true })).texts).toBe('3 2')
  expect((await read({ cursor: 'nonsense' })).answer).toMatchObject({ error: 'invalid_cursor' })
  expect((await read({ oldest: 'soon' })).answer).toMatchObject({ error: 'invalid_ts_oldest' })
})

test('history needs membership and the scope of that kind of channel', async () => {
  const { slack, call } = await aSlack()
  expect(await call('conversations.history', { channel: 'C0TALK' })).toMatchObject({ error: 'not_in_channel' })
  expect(await call('conversations.replies', { channel: 'C0OPS', ts: '1.000001' })).toMatchObject({
    error: 'thread_not_found',
  })
  slack.world.administer.setScopes(['groups:history', 'im:read'])
  expect(await call('conversations.history', { channel: 'C0OPS' })).toMatchObject({ needed: 'channels:history' })
  expect(await call('conversations.info', { channel: 'C0OPS' })).toMatchObject({ needed: 'channels:read' })
})

test('tells members, guests, strangers and the deactivated apart, with locale and zone', async () => {
  const { slack, call } = await aSlack()
  const info = async (user: string) => (await call('users.info', { user, include_locale: true }))['user']
  expect(await info('U0BO')).toMatchObject({
    locale: 'zh-CN',
    tz: 'Asia/Shanghai',
    is_restricted: false,
    deleted: false,
  })
  expect(await info('U0GUEST')).toMatchObject({ is_restricted: true, is_ultra_restricted: false })
  expect(await info('U0FAR')).toMatchObject({ is_stranger: true, team_id: 'T0OTHER' })
  expect(await info('U0GONE')).toMatchObject({ deleted: true })
  expect(await info('U0READBACK')).toMatchObject({ is_bot: true })
  expect(await call('users.info', { user: 'U0NOBODY' })).toMatchObject({ error: 'user_not_found' })
  expect(await call('usergroups.users.list', { usergroup: 'S0SRE' })).toMatchObject({ users: ['U0BO'] })
  expect(await call('usergroups.users.list', { usergroup: 'S0NONE' })).toMatchObject({ error: 'no_such_subteam' })
  slack.world.state.team.plan = 'free'
  expect(await call('usergroups.users.list', { usergroup: 'S0SRE' })).toMatchObject({ error: 'plan_upgrade_required' })
})

test('says which channels are shared, and opens direct conversations with own people only', async () => {
  const { call } = await aSlack()
  expect(await call('conversations.info', { channel: 'C0SHARED' })).toMatchObject({
    channel: { is_ext_shared: true, shared_team_ids: ['T0HOME', 'T0OTHER'] },
  })
  expect(await call('conversations.members', { channel: 'C0SHARED', limit: 2 })).toMatchObject({
    members: ['U0READBACK', 'U0ANN'],
    response_metadata: { next_cursor: expect.stringMatching(/.+/) },
  })
  const open = (users: string) => call('conversations.open', { users })
  const first = await open('U0ANN')
  expect(await open('U0ANN')).toEqual(first)
  expect(await open('U0GONE')).toMatchObject({ error: 'user_disabled' })
  expect(await open('U0FAR')).toMatchObject({ error: 'user_not_visible' })
  expect(await open('U0NOBODY')).toMatchObject({ error: 'user_not_found' })
})

test('reactions and pins are taken once', async () => {
  const { post, call } = await aSlack()
  const ts = await post({ channel: 'C0OPS', text: 'card' })
  const react = (name: string) => call('reactions.add', { channel: 'C0OPS', timestamp: ts, name })
  expect([await react('eyes'), await react('eyes'), await react('No Such')]).toMatchObject([
    { ok: true },
    { error: 'already_reacted' },
    { error: 'invalid_name' },
  ])
  const pin = () => call('pins.add', { channel: 'C0OPS', timestamp: ts })
  expect([await pin(), await pin()]).toMatchObject([{ ok: true }, { error: 'already_pinned' }])
  expect(await call('chat.getPermalink', { channel: 'C0OPS', message_ts: ts })).toMatchObject({
    permalink: `https://home.slack.com/archives/C0OPS/p${ts.replace('.', '')}`,
  })
})

test('faults strike the method and channel they name, as often as they are told', async () => {
  const { slack, clock, raw } = await aSlack()
  slack.faults.add({ kind: 'rate_limit', retryAfter: 30, method: 'chat.postMessage', channel: 'C0OPS', times: 2 })
  const post = async (channel: string) => (await raw('chat.postMessage', say(channel))).status
  expect([await post('C0SHARED'), await post('C0OPS'), await post('C0OPS'), await post('C0OPS')]).toEqual([
    200, 429, 429, 200,
  ])
  slack.faults.add({ kind: 'rate_limit', retryAfter: 'absent' })
  expect((await raw('auth.test', {})).headers.get('retry-after')).toBeNull()
  slack.faults.add({ kind: 'fail', status: 503 })
  expect(await post('C0SHARED')).toBe(503)
  expect(slack.driver.messagesIn('C0SHARED')).toHaveLength(1)
  slack.faults.add({ kind: 'garbage' })
  expect(await (await raw('auth.test', {})).text()).toContain('<html>')
  slack.faults.add({ kind: 'slow', ms: 5_000 })
  const slow = post('C0SHARED')
  await slack.waitFor(() => slack.driver.messagesIn('C0SHARED').length === 2)
  await clock.advance(5_000)
  expect(await slow).toBe(200)
})

test.each([
  ['<!channel> all', 'mass_mention'],
  ['it says <none>', 'unescaped_angle'],
  ['a < b', 'unescaped_angle'],
  ['fish & chips', 'unescaped_ampersand'],
])('text that somebody did not escape is a finding: %s', async (text, code) => {
  const { slack, post } = await aSlack()
  await post({ channel: 'C0OPS', text })
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text } }]
  await post({ channel: 'C0OPS', text: 'fine', blocks })
  expect(slack.findings.all().map((finding) => finding.code)).toEqual([code, code])
})

test('escaped text, references, dates, links and plain text blocks are no findings', async () => {
  const { slack, post } = await aSlack()
  const text =
    '&lt;!channel&gt; <@U0ANN> <#C0OPS|ops> <!subteam^S0SRE> <https://x.example/a|b> <!date^1^{time}|x>\n> quote'
  const blocks = [{ type: 'section', text: { type: 'plain_text', text: '<!channel> & <b>' } }]
  await post({ channel: 'C0OPS', text, blocks })
  expect(slack.findings.all()).toEqual([])
})

test('posts that unfurl, link names or have no text for notifications are findings', async () => {
  const { slack, call } = await aSlack()
  await call('chat.postMessage', { channel: 'C0OPS', blocks: [{ type: 'divider' }], link_names: true })
  expect(slack.findings.all().map(({ code }) => code)).toEqual(['text_missing', 'auto_parse', 'unfurl_on', 'unfurl_on'])
})

test('a reaction wants membership, and a file goes into threads as a message does', async () => {
  const { slack, call, post } = await aSlack()
  const theirs = slack.messages.post('C0TALK', { user: 'U0ANN', text: 'x' })
  const reaction = { channel: 'C0TALK', timestamp: theirs.ts, name: 'eyes' }
  expect(await call('reactions.add', reaction)).toMatchObject({ error: 'not_in_channel' })
  const parent = await post(say('C0OPS'))
  const reply = await post({ ...say('C0OPS'), thread_ts: parent })
  const { upload_url: url, file_id: id } = z
    .object({ upload_url: z.string(), file_id: z.string() })
    .parse(await call('files.getUploadURLExternal', { filename: 'a.txt', length: 1 }))
  await fetch(url, { method: 'POST', body: 'a' })
  const share = { files: [{ id }], channel_id: 'C0OPS' }
  expect(await call('files.completeUploadExternal', { ...share, thread_ts: reply })).toMatchObject({
    error: 'cannot_reply_to_message',
  })
  expect(await call('files.completeUploadExternal', { ...share, thread_ts: parent })).toMatchObject({ ok: true })
})
