import type { Incoming } from '../../../src/chat/incoming.ts'
import type { Workspace } from './a-workspace.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SlackStartError } from '../../../src/chat/slack/problems.ts'
import { ChannelId } from '../../../src/chat/identity.ts'
import { aMessage } from './messages.ts'
import { aWorkspace } from './a-workspace.ts'

const ops = ChannelId.parse('C0OPS')

describe('Slack over Socket Mode', () => {
  let workspace: Workspace

  beforeEach(async () => {
    workspace = await aWorkspace()
    await workspace.start()
  })
  afterEach(async () => {
    await workspace.stop()
  })

  it('acknowledges a slash command and hands it on with who, where and a way to answer', async () => {
    const { server, slack } = workspace
    workspace.receive = async (incoming) => {
      if (incoming.kind === 'slash') await slack.chat.answer(incoming.reply, aMessage('hello <ann>'))
      return undefined
    }
    const fate = await server.driver.typeCommand('U0ANN', 'C0OPS', '/ops status web')
    expect(fate.kind).toBe('acked')
    const incoming = await workspace.arrived(1)
    expect(incoming).toMatchObject({
      kind: 'slash',
      command: '/ops',
      text: 'status web',
      person: { team: 'T0HOME', user: 'U0ANN' },
      place: { channel: 'C0OPS', kind: 'channel' },
    })
    await server.waitFor(() => server.driver.ephemeralsFor('U0ANN').length === 1)
    expect(server.driver.ephemeralsFor('U0ANN')[0]?.text).toBe('hello &lt;ann&gt;')
    expect(server.findings.all()).toEqual([])
  })

  it('tells shared channels, direct conversations and channels apart', async () => {
    const { server } = workspace
    await server.driver.typeCommand('U0ANN', 'C0SHARED', '/ops help')
    await server.driver.typeCommand('U0ANN', 'D0ANN', '/ops help')
    await server.driver.typeCommand('U0ANN', 'C0TALK', '/ops help')
    await workspace.arrived(3)
    const places = workspace.received.map((incoming) =>
      'place' in incoming ? [incoming.place.channel, incoming.place.kind] : [],
    )
    expect(places.sort((one, other) => String(one).localeCompare(String(other)))).toEqual([
      ['C0SHARED', 'shared'],
      ['C0TALK', 'channel'],
      ['D0ANN', 'direct'],
    ])
  })

  it('takes a mention in a thread, without the mention, under one key however often it is delivered', async () => {
    const { server } = workspace
    const root = await server.driver.say({ user: 'U0ANN', channel: 'C0OPS', text: '@readback status' })
    const thread = 'ts' in root ? root.ts : ''
    await server.driver.mention({ user: 'U0ANN', channel: 'C0OPS', text: 'logs web', thread })
    const second = await workspace.arrived(2)
    expect(second).toMatchObject({ kind: 'mention', text: 'logs web', place: { channel: 'C0OPS', thread } })
    expect(new Set(workspace.received.map(({ key }) => key)).size).toBe(2)
  })

  it('does not acknowledge a mention that could not be kept, so Slack sends it again', async () => {
    const kept: Incoming[] = []
    workspace.keep = async (incoming) => {
      kept.push(incoming)
      if (kept.length === 1) throw new Error('disk full')
      return true
    }
    const said = workspace.server.driver.mention({ user: 'U0ANN', channel: 'C0OPS', text: 'status web' })
    expect(await workspace.arrived(1)).toMatchObject({ kind: 'mention', text: 'status web' })
    expect(kept.map(({ key }) => key)).toEqual([kept[0]?.key, kept[0]?.key])
    await said
    expect(workspace.received.length).toBe(1)
  })

  it('takes what is said to the bot directly as an order', async () => {
    await workspace.server.driver.say({ user: 'U0ANN', channel: 'D0ANN', text: 'status web' })
    expect(await workspace.arrived(1)).toMatchObject({ kind: 'mention', text: 'status web', place: { kind: 'direct' } })
  })

  it('names a person of another company by their own team', async () => {
    const { server } = workspace
    await server.driver.mention({ user: 'U0FAR', channel: 'C0SHARED', text: 'status' })
    const incoming = await workspace.arrived(1)
    expect(incoming).toMatchObject({ person: { team: 'T0OTHER', user: 'U0FAR' }, place: { kind: 'shared' } })
    expect(await workspace.slack.people.profile(incoming.person)).toMatchObject({ standing: 'stranger' })
  })

  it('hands on a click with the message it was on, and opens a form from it whose faults are shown beside the fields', async () => {
    const { server, slack } = workspace
    const ts = await slack.chat.post({
      channel: ops,
      tag: 'op1',
      message: aMessage('Deploy web', [
        {
          kind: 'buttons',
          buttons: [
            { action: 'operation.scale', value: '7F3K', label: 'Scale' },
            { action: 'operation.scale', value: '7F3L', label: 'Scale other' },
          ],
        },
      ]),
    })
    workspace.receive = async (incoming) => {
      if (incoming.kind === 'click')
        await slack.chat.openForm(incoming.trigger, {
          form: 'scale',
          title: 'Scale web',
          submit: 'Scale',
          cancel: 'Not now',
          context: 'C0OPS 7F3K',
          fields: [{ kind: 'text', name: 'replicas', label: 'Replicas', initial: '3' }],
        })
      return incoming.kind === 'submission' && incoming.values['replicas'] === '-1'
        ? { replicas: 'too few' }
        : undefined
    }
    const fate = await server.driver.click('U0BO', { channel: 'C0OPS', ts }, { label: 'Scale other' })
    expect(fate.kind).toBe('acked')
    expect(await workspace.arrived(1)).toMatchObject({
      kind: 'click',
      action: 'operation.scale',
      value: '7F3L',
      message: ts,
      person: { team: 'T0HOME', user: 'U0BO' },
    })
    const view = await server.waitFor(() => server.driver.openViews('U0BO').at(-1))
    await server.driver.submitForm('U0BO', view.id, { replicas: '-1' })
    expect(await workspace.arrived(2)).toMatchObject({
      kind: 'submission',
      form: 'scale',
      context: 'C0OPS 7F3K',
      values: { replicas: '-1' },
    })
    expect(server.driver.openViews('U0BO')[0]).toMatchObject({ errors: { replicas: 'too few' } })
    await server.driver.submitForm('U0BO', view.id, { replicas: '4' })
    expect(server.driver.openViews('U0BO')).toEqual([])
    expect(new Set(workspace.received.map(({ key }) => key)).size).toBe(3)
    expect(server.findings.all()).toEqual([])
  })

  it('survives app_rate_limited, unknown frames and events, and goes on', async () => {
    const { server } = workspace
    expect((await server.notices.appRateLimited()).kind).toBe('acked')
    server.faults.frame({ type: 'novelty', what: 1 })
    server.faults.frame({ type: 'events_api', envelope_id: 'E1' })
    expect((await server.notices.send({ type: 'reaction_added' })).kind).toBe('acked')
    expect((await server.driver.typeCommand('U0ANN', 'C0OPS', '/ops help')).kind).toBe('acked')
    expect(workspace.reports).toContainEqual(expect.objectContaining({ what: 'events_rate_limited' }))
  })

  it('loses no command while Slack renews its connections', async () => {
    const { server } = workspace
    const send = async (text: string): Promise<void> => {
      expect(await server.driver.typeCommand('U0ANN', 'C0OPS', `/ops ${text}`)).toMatchObject({ kind: 'acked' })
    }
    for (let round = 0; round < 2; round += 1) {
      const left = server.sockets.connections()
      server.faults.rotate('refresh_requested')
      for (let index = 0; index < 10; index += 1) await send(`round ${round} ${index}`)
      await server.waitFor(() => left.every((id) => !server.sockets.connections().includes(id)))
    }
    await send('afterwards')
    await workspace.arrived(21)
    expect(workspace.received.length).toBe(21)
  })

  it('comes back by itself after the connections were cut', async () => {
    const { server, slack } = workspace
    server.faults.drop()
    await server.waitFor(() => server.sockets.open() === 2)
    expect((await server.driver.typeCommand('U0ANN', 'C0OPS', '/ops help')).kind).toBe('acked')
    expect(slack.health().lastFrames.every((at) => at !== undefined)).toBe(true)
  })

  it('waits for what is under way before it has stopped, and takes nothing new meanwhile', async () => {
    const { server, slack } = workspace
    let finish: (() => void) | undefined
    workspace.receive = () => new Promise((resolve) => (finish = () => resolve(undefined)))
    await server.driver.typeCommand('U0ANN', 'C0OPS', '/ops slow')
    await workspace.arrived(1)
    let stopped = false
    const stopping = slack.stop().then(() => (stopped = true))
    await server.waitFor(() => server.sockets.open() === 0)
    expect(stopped).toBe(false)
    finish?.()
    await stopping
    expect(stopped).toBe(true)
  })

  it('tells of a bug in the handling and lives on', async () => {
    const { server } = workspace
    workspace.receive = () => Promise.reject(new Error('a bug'))
    await server.driver.typeCommand('U0ANN', 'C0OPS', '/ops help')
    await server.driver.typeCommand('U0ANN', 'C0OPS', '/ops help')
    await workspace.arrived(2)
    expect(workspace.reports.filter(({ what }) => what === 'receive_threw').length).toBeGreaterThan(0)
  })
})

describe('starting', () => {
  it('refuses a wrong bot token with the reason, without ending the process', async () => {
    const workspace = await aWorkspace({ botToken: 'xoxb-wrong' })
    const failure = await workspace.start().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(SlackStartError)
    expect(failure).toMatchObject({ problem: { code: 'slack_token_refused', token: 'bot', reason: 'invalid_auth' } })
    await workspace.stop()
  })

  it('refuses a wrong app token with the reason', async () => {
    const workspace = await aWorkspace({ appToken: 'xapp-wrong' })
    const failure = await workspace.start().catch((error: unknown) => error)
    expect(failure).toMatchObject({ problem: { code: 'slack_token_refused', token: 'app', reason: 'invalid_auth' } })
    await workspace.stop()
  })

  it('reports a token that is revoked while it runs, once it has to connect anew', async () => {
    const workspace = await aWorkspace()
    await workspace.start()
    workspace.server.faults.add({ kind: 'refuse', error: 'token_revoked', method: 'apps.connections.open', times: 10 })
    workspace.server.faults.drop()
    const problem = await workspace.fatal
    expect(problem).toEqual({ code: 'slack_token_refused', token: 'app', reason: 'token_revoked' })
    expect(workspace.slack.health().fatal).toEqual(problem)
    await workspace.stop()
  })

  it('leaves within seconds where Slack keeps TCP open after the close', async () => {
    const workspace = await aWorkspace({ tcpAfterClose: 'keeps' })
    await workspace.start()
    const before = Date.now()
    await workspace.slack.stop()
    expect(Date.now() - before).toBeLessThan(5000)
    await workspace.server.stop()
  })
})
