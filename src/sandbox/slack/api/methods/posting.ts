import { withIds } from '../../blocks/block-ids.ts'
import { inspectUnfurling } from '../../inspection.ts'
import type { Args } from '../args.ts'
import { demandShortBlocks, readContent } from '../content.ts'
import type { Method, Workplace } from '../method.ts'
import { threadOf, writableChannel } from '../places.ts'
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
    demandShortBlocks(content)
    inspectUnfurling(args.all, 'chat.postMessage', at.findings)
    const thread = threadOf(args, channel.id, at)
    const message = messages.post(channel.id, {
      ...content,
      user: world.state.app.user,
      ...(content.blocks && { blocks: withIds(content.blocks, world.nextId) }),
      ...(thread !== undefined && { threadTs: thread }),
      ...(thread !== undefined && args.flag('reply_broadcast') === true && { broadcast: true }),
    })
    return { channel: channel.id, ts: message.ts, message: messageJson(message, world) }
  },
}

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
    demandShortBlocks(content)
    const thread = threadOf(args, channel.id, at)
    const message = messages.whisper(channel.id, user, {
      ...content,
      user: world.state.app.user,
      ...(content.blocks && { blocks: withIds(content.blocks, world.nextId) }),
      ...(thread !== undefined && { threadTs: thread }),
    })
    return { message_ts: message.ts }
  },
}

function demandCustomising(args: Args, { world }: Workplace) {
  const provided = world.state.app.scopes
  if (!customised.some((name) => args.text(name) !== undefined) || provided.includes('chat:write.customize')) return
  throw new Refusal('missing_scope', { needed: 'chat:write.customize', provided: provided.join(',') })
}
