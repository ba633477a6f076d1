import { afterEach, beforeEach, expect, test } from 'vitest'
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
  await slack.stop()
})

const button = (label: string) => ({
  type: 'actions' as const,
  elements: [
    { type: 'button' as const, action_id: 'go', value: '7F3K', text: { type: 'plain_text' as const, text: label } },
  ],
})

test('a command is answered alone and in the channel, a click edits the message', async () => {
  bot.app.command('/deploy', async ({ ack, client, command, respond }) => {
    await ack()
    await respond({ text: `asked: ${command.text}` })
    await client.chat.postMessage({
      channel: command.channel_id,
      text: 'Deploy web',
      blocks: [button('Approve')],
      unfurl_links: false,
      unfurl_media: false,
    })
  })
  bot.app.action('go', async ({ ack, body, client, action }) => {
    await ack()
    if (body.type !== 'block_actions' || action.type !== 'button') throw new Error('no button')
    await client.chat.update({
      channel: body.channel?.id ?? '',
      ts: body.message?.['ts'] ?? '',
      text: `approved ${action.value} by ${body.user.id}`,
      blocks: [],
    })
  })
  await bot.connect()
  expect(slack.sockets.open()).toBe(2)

  expect(await slack.driver.typeCommand('U0ANN', 'C0OPS', '/deploy web 1.5.0 & @bo')).toMatchObject({ kind: 'acked' })
  const card = await slack.waitFor(() => slack.driver.messagesIn('C0OPS')[0])
  expect(slack.driver.ephemeralsFor('U0ANN')).toMatchObject([{ text: 'asked: web 1.5.0 &amp; <@U0BO|bo>' }])

  await slack.driver.click('U0BO', { channel: 'C0OPS', ts: card.ts }, { label: 'Approve' })
  await slack.waitFor(() => slack.driver.messagesIn('C0OPS')[0]?.text === 'approved 7F3K by U0BO')
  expect(slack.driver.messagesIn('C0OPS')[0]?.blocks).toBeUndefined()
  expect(slack.findings.all()).toEqual([])
})
