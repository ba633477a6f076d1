import { describe, expect, it } from 'vitest'
import { TeamId, UserId } from '../../../src/chat/identity.ts'
import { readClick } from '../../../src/chat/slack/click-payload.ts'
import { createManifest } from '../../../src/chat/slack/manifest.ts'
import { readMention } from '../../../src/chat/slack/mention-payload.ts'
import { readSlash } from '../../../src/chat/slack/slash-payload.ts'
import { disconnectReason, mended } from '../../../src/chat/slack/socket-frames.ts'

const workspace = {
  team: TeamId.parse('T1'),
  enterprise: undefined,
  bot: UserId.parse('UBOT'),
  botId: 'B1',
  url: '',
  scopes: [],
}
const arrived = { workspace, at: 1000 }

const aMention = (event: object = {}, envelope: object = {}) => ({
  team_id: 'T1',
  context_team_id: 'T1',
  event: { type: 'app_mention', user: 'U1', team: 'T1', text: '<@UBOT> logs web', ts: '1.1', channel: 'C1', ...event },
  ...envelope,
})

const aClick = (action: object = {}, more: object = {}) => ({
  type: 'block_actions',
  user: { id: 'U1', team_id: 'T1' },
  team: { id: 'T1' },
  channel: { id: 'C1' },
  container: { message_ts: '1.1', is_ephemeral: false },
  response_url: 'https://hooks.example/1',
  trigger_id: '1.2',
  actions: [{ action_id: 'approve', action_ts: '1.3', value: '7F3K', ...action }],
  ...more,
})

describe('reading payloads', () => {
  it.each([
    ['<@UBOT> logs web', 'logs web'],
    ['hey <@UBOT|readback> logs web', 'logs web'],
    ['logs web <@UBOT>', 'logs web'],
    ['<@UBOT> can <@UBOT> deploy', 'can <@UBOT> deploy'],
    ['<@UBOT>', ''],
  ])('takes the order out of %s', (text, order) => {
    expect(readMention(aMention({ text }), arrived)).toMatchObject({ incoming: { text: order } })
  })

  it.each([
    ['our own words', aMention({ user: 'UBOT' })],
    ['an edit', aMention({ type: 'message', channel_type: 'im', subtype: 'message_changed' })],
    ['talk in a channel', aMention({ type: 'message', channel_type: 'channel' })],
    ['words of nobody', aMention({ user: undefined })],
    ['an event of another workspace', aMention({}, { context_team_id: 'T9' })],
    ['a click that opens a page', aClick({ action_id: 'open:docs' })],
    ['a click without a channel', aClick({}, { channel: undefined })],
    ['a command without a person', { command: '/ops', team_id: 'T1', channel_id: 'C1' }],
  ])('leaves %s alone', (_, body) => {
    for (const read of [readMention, readClick, readSlash]) expect(read(body, arrived)).toHaveProperty('ignored')
  })

  it('lets a foreign team decide whom somebody belongs to, whichever member names it', () => {
    for (const event of [{ user_team: 'T9' }, { source_team: 'T9' }, { team: 'T9' }])
      expect(readMention(aMention(event), arrived)).toMatchObject({ incoming: { person: { team: 'T9' } } })
    expect(readClick(aClick({}, { user: { id: 'U1', team_id: 'T9' } }), arrived)).toMatchObject({
      incoming: { person: { team: 'T9' } },
    })
  })

  it('knows a mention told twice, as mention and as message, by one key', () => {
    const [one, two] = [aMention(), aMention({ type: 'message', channel_type: 'im' })].map((body) =>
      readMention(body, arrived),
    )
    expect(one).toMatchObject({ incoming: { key: 'mention:C1:1.1' } })
    expect(two).toMatchObject({ incoming: { key: 'mention:C1:1.1' } })
  })

  it('tells clicks of one instant on two messages apart, and knows one that comes twice', () => {
    const key = (ts: string) => {
      const reading = readClick(aClick({}, { container: { message_ts: ts, is_ephemeral: false } }), arrived)
      return 'incoming' in reading ? reading.incoming.key : undefined
    }
    expect(key('1.1')).toBeTypeOf('string')
    expect(key('1.1')).toBe(key('1.1'))
    expect(key('1.1')).not.toBe(key('1.2'))
  })

  it('gives a click in a menu its option, and one on an ephemeral message no message', () => {
    const body = aClick(
      { value: undefined, selected_option: { value: 'logs' }, action_id: 'more#2' },
      { container: { message_ts: '1.1', is_ephemeral: true } },
    )
    const reading = readClick(body, arrived)
    expect(reading).toMatchObject({ incoming: { action: 'more', value: 'logs' } })
    expect(reading).not.toHaveProperty('incoming.message')
  })
})

describe('reading frames', () => {
  it('sees when Slack asks to leave, and only then', () => {
    expect(disconnectReason('{"type":"disconnect","reason":"warning"}')).toBe('warning')
    expect(disconnectReason('{"type":"slash_commands","payload":{"text":"disconnect"}}')).toBeUndefined()
  })

  it('mends an envelope without an event and leaves others alone', () => {
    const frame = '{"type":"events_api","envelope_id":"E1","payload":{"type":"app_rate_limited"}}'
    expect(JSON.parse(mended(frame) ?? '')).toMatchObject({
      envelope_id: 'E1',
      payload: { event: { type: 'app_rate_limited' } },
    })
    expect(mended('{"type":"events_api","payload":{"type":"event_callback","event":{"type":"x"}}}')).toBeUndefined()
    expect(mended('not json')).toBeUndefined()
  })
})

describe('the app manifest', () => {
  it('lists the commands with escaping on and asks for Socket Mode', () => {
    const manifest = createManifest({
      name: 'Readback',
      description: 'Chat operations',
      commands: [
        { command: '/ops', description: 'Operations', usage: 'help' },
        { command: '/deploy', description: 'Deploy' },
      ],
    })
    expect(manifest.features.slash_commands).toEqual([
      { command: '/ops', description: 'Operations', usage_hint: 'help', should_escape: true },
      { command: '/deploy', description: 'Deploy', should_escape: true },
    ])
    expect(manifest.settings.socket_mode_enabled).toBe(true)
    expect(manifest.oauth_config.scopes.bot).toEqual(
      expect.arrayContaining(['chat:write', 'channels:history', 'commands']),
    )
  })
})
