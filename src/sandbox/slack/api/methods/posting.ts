import type { JsonObject } from '../../../../json.ts'
import { withIds } from '../../blocks/block-ids.ts'
import { inspectUnfurling } from '../../inspection.ts'
import { textSize } from '../../text-size.ts'
import type { Args } from '../args.ts'
import { readContent } from '../content.ts'
import type { Method, Workplace } from '../method.ts'
import { writableChannel } from '../places.ts'
import { RateLimit, Refusal } from '../refusal.ts'
import { messageJson } from '../shapes.ts'

const shared = ['channel', 'text', 'blocks', 'attachments', 'thread_ts', 'parse', 'link_names', 'mrkdwn']
const customised = ['username', 'icon_emoji', 'icon_url']

export const chatPostMessage: Method = {
  name: 'chat.postMessage',
  tier: 'special',
  token: 'bot',
  scopes: ['chat:write'],
  accepts: [
    ...shared,
    ...customised,
    'as_user',
    'metadata',
    'markdown_text',
    'reply_broadcast',
    'unfurl_links',
    'unfurl_media',
    'client_msg_id',
  ],
  requires: ['channel'],
  run: (args, at) => {
    const { world, messages, limits } = at
    demandCustomising(args, at)
    const channel = writableChannel(args.required('channel'), at)
    const wait = limits.posting(channel.id)
    if (wait > 0) throw new RateLimit(wait)
    const content = readContent(args, 'chat.postMessage', at)
    const size = (content.blocks ?? []).reduce((sum, block) => sum + textSize(block), 0)
    if (size > longestBlocks) throw new Refusal('msg_blocks_too_long')
    inspectUnfurling(args.all, 'chat.postMessage', at.findings)
    const thread = threadOf(args, channel.id, at)
    const message = messages.post(channel.id, {
      ...content,
      text: content.text,
      user: world.state.app.user,
      ...(content.blocks && { blocks: withIds(content.blocks, world.nextId) }),
      ...(thread !== undefined && { threadTs: thread }),
      ...(thread !== undefined && args.flag('reply_broadcast') === true && { broadcast: true }),
    })
    return { channel: channel.id, ts: message.ts, message: messageJson(message, world) }
  },
}

/** `msg_blocks_too_long` was seen from 13,172 characters on (bolt-js #2509, #2867). */
const longestBlocks = 13_000

export const chatPostEphemeral: Method = {
  name: 'chat.postEphemeral',
  tier: 4,
  token: 'bot',
  scopes: ['chat:write'],
  accepts: [...shared, ...customised, 'user', 'as_user', 'markdown_text'],
  requires: ['channel', 'user'],
  run: (args, at) => {
    const { world, messages } = at
    demandCustomising(args, at)
    const channel = writableChannel(args.required('channel'), at)
    const user = args.required('user')
    if (!channel.members.includes(user)) throw new Refusal('user_not_in_channel')
    const content = readContent(args, 'chat.postEphemeral', at)
    const thread = threadOf(args, channel.id, at)
    const message = messages.whisper(channel.id, user, {
      ...content,
      user: world.state.app.user,
      ...(content.blocks && { blocks: withIds(content.blocks, world.nextId) }),
      ...(thread !== undefined && { threadTs: thread }),
    })
    const answer: JsonObject = { message_ts: message.ts }
    return answer
  },
}

function threadOf(args: Args, channel: string, { messages }: Workplace): string | undefined {
  const thread = args.text('thread_ts')
  if (thread === undefined) return undefined
  const parent = messages.find(channel, thread)
  if (parent === undefined) throw new Refusal('thread_not_found')
  if (parent.threadTs !== undefined && parent.threadTs !== thread) throw new Refusal('cannot_reply_to_message')
  return thread
}

function demandCustomising(args: Args, { world }: Workplace) {
  const provided = world.state.app.scopes
  if (!customised.some((name) => args.text(name) !== undefined) || provided.includes('chat:write.customize')) return
  throw new Refusal('missing_scope', { needed: 'chat:write.customize', provided: provided.join(',') })
}
