import type { ChatProblem, Post } from '../../../src/chat/chat.ts'
import type { Workspace } from './a-workspace.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ChatError } from '../../../src/chat/chat.ts'
import { ChannelId, GroupId, MessageTs, TeamId, UserId } from '../../../src/chat/identity.ts'
import { createOutbox } from '../../../src/chat/outbox/outbox.ts'
import { showCard } from '../../../src/chat/outbox/card.ts'
import { systemClock } from '../../../src/time/clock.ts'
import { aCard } from '../outbox/cards.ts'
import { createMemoryStore } from '../outbox/memory-store.ts'
import { aWorkspace } from './a-workspace.ts'
import { aMessage } from './messages.ts'

const ops = ChannelId.parse('C0OPS')
const home = TeamId.parse('T0HOME')
const ann = { team: home, user: UserId.parse('U0ANN') }

const aPost = (post: Partial<Post> = {}): Post => ({
  channel: ops,
  tag: 'op1',
  message: aMessage('Deploy web'),
  ...post,
})

async function problemOf(work: Promise<unknown>): Promise<ChatProblem | undefined> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof ChatError ? error.problem : undefined
}

describe('the chat port on Slack', () => {
  let workspace: Workspace

  beforeEach(async () => {
    workspace = await aWorkspace()
    await workspace.start()
  })
  afterEach(async () => {
    await workspace.stop()
  })

  it('posts, edits and finds a message again by its tag, in channels and threads', async () => {
    const { server, slack } = workspace
    const since = Date.now()
    const root = await slack.chat.post(aPost())
    const reply = await slack.chat.post(aPost({ thread: root, tag: 'op1/diff' }))
    await slack.chat.edit({ channel: ops, ts: root, message: aMessage('Deployed web'), tag: 'op1' })
    expect(server.driver.messagesIn('C0OPS').find(({ ts }) => ts === root)?.text).toBe('Deployed web')
    expect(await slack.chat.find({ channel: ops, tag: 'op1', since })).toBe(root)
    expect(await slack.chat.find({ channel: ops, thread: root, tag: 'op1/diff', since })).toBe(reply)
    expect(await slack.chat.find({ channel: ops, tag: 'op2', since })).toBeUndefined()
    expect(await slack.chat.permalink(ops, root)).toContain('C0OPS')
    expect(server.findings.all()).toEqual([])
  })

  it('shows a whisper to one person and uploads a file into a thread', async () => {
    const { server, slack } = workspace
    const root = await slack.chat.post(aPost())
    await slack.chat.whisper({ place: { channel: ops, kind: 'channel' }, person: ann, message: aMessage('only you') })
    expect(server.driver.ephemeralsFor('U0ANN').map(({ text }) => text)).toEqual(['only you'])
    const content = new TextEncoder().encode('line 1\nline 2')
    await slack.chat.upload({ channel: ops, thread: root, name: 'web.log', about: 'Log of web', content })
    expect(server.world.state.files).toContainEqual(
      expect.objectContaining({ name: 'web.log', about: 'Log of web', state: 'complete' }),
    )
  })

  it('puts a text that is too long for a message into a file beside it', async () => {
    const { server, slack } = workspace
    const log = Array.from({ length: 400 }, (_, index) => `${index} line of a log that is long`).join('\n')
    const ts = await slack.chat.post(
      aPost({ message: aMessage('Logs', [{ kind: 'code', text: log, name: 'web.log' }]) }),
    )
    const [file] = server.world.state.files
    expect(file).toMatchObject({ name: 'web.log', size: log.length })
    expect(server.driver.thread('C0OPS', ts).some(({ files }) => files?.includes(file?.id ?? ''))).toBe(true)
    expect(server.findings.all()).toEqual([])
  })

  it('puts an answer in the place of the ephemeral message that was clicked', async () => {
    const { server, slack } = workspace
    workspace.receive = async (incoming) => {
      if (incoming.kind === 'slash')
        await slack.chat.answer(
          incoming.reply,
          aMessage('Which?', [{ kind: 'buttons', buttons: [{ action: 'pick', value: 'a', label: 'A' }] }]),
        )
      if (incoming.kind === 'click') await slack.chat.answer(incoming.reply, aMessage('You took A'), 'replace')
      return undefined
    }
    await server.driver.typeCommand('U0ANN', 'C0OPS', '/ops status')
    const asked = await server.waitFor(() => server.driver.ephemeralsFor('U0ANN').at(-1))
    await server.driver.click('U0ANN', { channel: 'C0OPS', ts: asked.ts }, { label: 'A' })
    await server.waitFor(() => server.driver.ephemeralsFor('U0ANN').some(({ text }) => text === 'You took A'))
    expect(server.driver.ephemeralsFor('U0ANN').map(({ text }) => text)).toEqual(['You took A'])
  })

  it('tells apart what surely did not happen, what may have happened, and what is refused', async () => {
    const { server, slack } = workspace
    const { faults } = server
    const method = 'chat.postMessage'
    faults.add({ kind: 'rate_limit', retryAfter: 7, method })
    expect(await problemOf(slack.chat.post(aPost()))).toEqual({ code: 'chat_rate_limited', method, retryAfterMs: 7000 })
    faults.add({ kind: 'rate_limit', retryAfter: 'absent', method })
    expect(await problemOf(slack.chat.post(aPost()))).toEqual({
      code: 'chat_rate_limited',
      method,
      retryAfterMs: 30_000,
    })
    faults.add({ kind: 'lose_answer', how: 'reset', method })
    expect(await problemOf(slack.chat.post(aPost()))).toMatchObject({ code: 'chat_outcome_unknown', method })
    faults.add({ kind: 'fail', status: 503, method })
    expect(await problemOf(slack.chat.post(aPost()))).toMatchObject({ code: 'chat_outcome_unknown' })
    faults.add({ kind: 'refuse', error: 'missing_scope', method })
    expect(await problemOf(slack.chat.post(aPost()))).toEqual({ code: 'chat_refused', method, reason: 'missing_scope' })
    const channel = ChannelId.parse('C0OLD')
    expect(await problemOf(slack.chat.post(aPost({ channel })))).toEqual({
      code: 'chat_channel_unusable',
      channel,
      reason: 'is_archived',
    })
    const ts = MessageTs.parse('1.000001')
    expect(await problemOf(slack.chat.edit({ channel: ops, ts, message: aMessage('x'), tag: 'x' }))).toEqual({
      code: 'chat_message_gone',
      channel: ops,
      ts,
    })
  })

  it('says that nothing was sent when nobody listens there', async () => {
    const { server, slack } = workspace
    await server.stop()
    // The first request finds its kept connection cut: that one may have arrived.
    await problemOf(slack.chat.post(aPost()))
    expect(await problemOf(slack.chat.post(aPost()))).toMatchObject({ code: 'chat_unavailable' })
  })

  it('knows members, guests, workflows, deactivated people and strangers', async () => {
    const standing = async (user: string, team: TeamId = home) =>
      (await workspace.slack.people.profile({ team, user: UserId.parse(user) })).standing
    expect(await standing('U0ANN')).toBe('member')
    expect(await standing('U0GUEST')).toBe('guest')
    expect(await standing('U0FLOW')).toBe('bot')
    expect(await standing('U0GONE')).toBe('deactivated')
    expect(await standing('U0FAR')).toBe('stranger')
    expect(await standing('U0ANN', TeamId.parse('T0OTHER'))).toBe('stranger')
    expect(await workspace.slack.people.profile(ann)).toMatchObject({ locale: 'en-GB', zone: 'Europe/London' })
  })

  it('remembers a group until it is too old or Slack says that it changed, and fails rather than guess', async () => {
    const { server, slack } = workspace
    const sre = GroupId.parse('S0SRE')
    expect((await slack.people.members(sre, 60_000)).members).toEqual(['U0BO'])
    server.faults.add({ kind: 'refuse', error: 'internal_error', method: 'usergroups.users.list', times: 100 })
    expect((await slack.people.members(sre, 60_000)).members).toEqual(['U0BO'])
    expect(await problemOf(slack.people.members(sre, -1))).toMatchObject({ code: 'chat_outcome_unknown' })
    await server.notices.changeGroup('S0SRE', ['U0ANN'])
    expect(await problemOf(slack.people.members(sre, 60_000))).toMatchObject({ code: 'chat_outcome_unknown' })
    server.faults.clear()
    expect((await slack.people.members(sre, 60_000)).members).toEqual(['U0ANN'])
  })

  it('shows a card once through the outbox although the answer to its post was lost', async () => {
    const { server, slack } = workspace
    const store = createMemoryStore(systemClock)
    const outbox = createOutbox({
      store,
      chat: slack.chat,
      clock: systemClock,
      backoff: { settleMs: 50, firstMs: 20, longestMs: 1000 },
      report: () => {},
    })
    outbox.start()
    server.faults.add({ kind: 'lose_answer', how: 'reset', method: 'chat.postMessage' })
    const shown = new Promise<string>((resolve) => outbox.onShown(resolve))
    await store.commit(showCard(aCard('op1', { at: 1 })))
    expect(await shown).toBe('op1')
    expect(server.driver.messagesIn('C0OPS').map(({ metadata }) => metadata?.event_payload)).toEqual([{ tag: 'op1' }])
    await outbox.stop()
  })
})
