import type { Message, Picture } from '../../../src/chat/message.ts'
import type { Workspace } from './a-workspace.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ChannelId, TeamId, UserId } from '../../../src/chat/identity.ts'
import { createOutbox } from '../../../src/chat/outbox/outbox.ts'
import { createSlack } from '../../../src/chat/slack/slack.ts'
import { showCard } from '../../../src/chat/outbox/card.ts'
import { systemClock } from '../../../src/time/clock.ts'
import { aCard } from '../outbox/cards.ts'
import { createMemoryStore } from '../outbox/memory-store.ts'
import { aWorkspace } from './a-workspace.ts'
import { aMessage } from './messages.ts'

const ops = ChannelId.parse('C0OPS')
const ann = { team: TeamId.parse('T0HOME'), user: UserId.parse('U0ANN') }
const about = 'CPU of web: last 0.4 cores, at most 1.2'

/** Any bytes will do here: nobody looks at them. */
const aPicture = (bytes: string): Picture => ({
  kind: 'picture',
  name: 'web-cpu.png',
  about,
  png: Buffer.from(bytes).toString('base64'),
})
const chart = (bytes = 'one'): Message => aMessage('CPU of web', [aPicture(bytes)])

describe('pictures in messages on Slack', () => {
  let workspace: Workspace

  beforeEach(async () => {
    workspace = await aWorkspace()
    await workspace.start()
  })
  afterEach(async () => {
    await workspace.stop()
  })

  const uploads = () => workspace.server.world.state.files
  const post = (message: Message) => workspace.slack.chat.post({ channel: ops, tag: 'op1', message })
  const blocksOf = (ts: string) => workspace.server.driver.messagesIn('C0OPS').find((one) => one.ts === ts)?.blocks
  const shows = (file: string | undefined) =>
    expect.objectContaining({ type: 'image', slack_file: { id: file }, alt_text: about })

  it('shows an uploaded file inside the message once Slack has looked through it, with its words for screen readers', async () => {
    const ts = await post(chart())
    const [file] = uploads()
    expect(file).toMatchObject({ name: 'web-cpu.png', about, shares: [] })
    expect(Buffer.from(file?.content ?? '', 'base64').toString()).toBe('one')
    expect(blocksOf(ts)).toContainEqual(shows(file?.id))
    expect(workspace.server.findings.all()).toEqual([])
    expect(workspace.reports).toEqual([])
  })

  it('changes the picture of a message in place, and uploads one that it knows only once', async () => {
    const ts = await post(chart())
    await workspace.slack.chat.edit({ channel: ops, ts, tag: 'op1', message: chart() })
    expect(uploads()).toHaveLength(1)
    await workspace.slack.chat.edit({ channel: ops, ts, tag: 'op1', message: chart('two') })
    expect(uploads()).toHaveLength(2)
    expect(blocksOf(ts)).toContainEqual(shows(uploads()[1]?.id))
  })

  it('shows pictures in whispers and answers to one person', async () => {
    const { server, slack } = workspace
    await slack.chat.whisper({ place: { channel: ops, kind: 'channel' }, person: ann, message: chart() })
    workspace.receive = async (incoming) => {
      if (incoming.kind === 'slash') await slack.chat.answer(incoming.reply, chart('two'))
      return undefined
    }
    await server.driver.typeCommand('U0ANN', 'C0OPS', '/ops metrics web')
    await server.waitFor(() => server.driver.ephemeralsFor('U0ANN').length === 2)
    expect(server.driver.ephemeralsFor('U0ANN').map(({ blocks }) => blocks?.[0])).toEqual(
      uploads().map(({ id }) => shows(id)),
    )
  })

  it.each([
    ['the scope is missing', { kind: 'refuse', error: 'missing_scope', method: 'files.getUploadURLExternal' }],
    ['the upload fails', { kind: 'fail', status: 500, method: 'upload' }],
    ['nobody may look whether it is ready', { kind: 'refuse', error: 'missing_scope', method: 'files.info' }],
    ['the message is refused with it', { kind: 'refuse', error: 'invalid_blocks', method: 'chat.postMessage' }],
  ] as const)('says it in words and puts the file into the thread where %s', async (_, fault) => {
    workspace.server.faults.add(fault)
    const ts = await post(chart())
    expect(JSON.stringify(blocksOf(ts))).toContain(about)
    expect(JSON.stringify(blocksOf(ts))).not.toContain('slack_file')
    const thread = workspace.server.driver.thread('C0OPS', ts)
    expect(thread.flatMap(({ files }) => files ?? [])).toEqual([uploads().at(-1)?.id])
    expect(
      workspace.server.driver.messagesIn('C0OPS').filter((one) => (one.threadTs ?? one.ts) === one.ts),
    ).toHaveLength(1)
    expect(workspace.reports).not.toEqual([])
  })

  it('waits for the chat where it is merely too much, and posts once', async () => {
    const { server, slack } = workspace
    const store = createMemoryStore(systemClock)
    const outbox = createOutbox({ store, chat: slack.chat, clock: systemClock, report: () => {} })
    server.faults.add({ kind: 'rate_limit', retryAfter: 1, method: 'files.getUploadURLExternal' })
    await store.commit(showCard({ ...aCard('op1'), message: chart() }))
    outbox.start()
    const posted = await server.waitFor(() => server.driver.messagesIn('C0OPS').at(-1))
    expect(posted.blocks).toContainEqual(shows(uploads()[0]?.id))
    await outbox.stop()
    expect(server.driver.messagesIn('C0OPS')).toHaveLength(1)
  })

  it('leaves an unseen file and one message where it dies between upload and post', async () => {
    const { server, slack } = workspace
    const store = createMemoryStore(systemClock)
    await store.commit(showCard({ ...aCard('op1'), message: chart() }))
    await slack.chat.ready(chart())
    const { botToken, appToken } = server.world.state.app
    const { chat } = createSlack({
      botToken,
      appToken,
      apiUrl: server.apiUrl,
      clock: systemClock,
      report: () => {},
      onFatal: () => {},
    })
    const outbox = createOutbox({ store, chat, clock: systemClock, report: () => {} })
    outbox.start()
    await server.waitFor(() => server.driver.messagesIn('C0OPS').at(-1))
    await outbox.stop()
    expect(server.driver.messagesIn('C0OPS')).toHaveLength(1)
    expect(uploads()).toHaveLength(2)
    expect(server.driver.messagesIn('C0OPS')[0]?.blocks).toContainEqual(shows(uploads()[1]?.id))
  })
})
