import { withIds } from '../../blocks/block-ids.ts'
import type { Channel } from '../../world/state.ts'
import { demandShortBlocks, readContent } from '../content.ts'
import type { Method, Workplace } from '../method.ts'
import { existingMessage, visibleChannel } from '../places.ts'
import { Refusal } from '../refusal.ts'
import { messageJson } from '../shapes.ts'

export const chatUpdate: Method = {
  name: 'chat.update',
  tier: 3,
  token: 'bot',
  scopes: ['chat:write'],
  accepts: [
    'channel',
    'ts',
    'text',
    'blocks',
    'attachments',
    'metadata',
    'parse',
    'link_names',
    'as_user',
    'markdown_text',
    'reply_broadcast',
    'file_ids',
  ],
  requires: ['channel', 'ts'],
  run: (args, at) => {
    const { world, messages } = at
    const channel = idOnly(args.required('channel'), at)
    const message = existingMessage(channel.id, args.required('ts'), at)
    if (message.user !== world.state.app.user) throw new Refusal('cant_update_message')
    if (channel.archived) throw new Refusal('is_inactive')
    if ((args.text('text') ?? '').length > 4_000) throw new Refusal('msg_too_long')
    const content = readContent(args, 'chat.update', at)
    demandShortBlocks(content)
    const clearing = args.json('blocks') !== undefined && content.blocks === undefined
    messages.touch(message, channel.id, (changing) => {
      changing.text = content.text
      // Blocks and attachments that the call leaves out stay as they were; an empty list removes them.
      if (clearing) delete changing.blocks
      else if (content.blocks !== undefined) changing.blocks = withIds(content.blocks, world.nextId)
      if (content.attachments !== undefined) changing.attachments = content.attachments
      if (content.metadata !== undefined) changing.metadata = content.metadata
      changing.edited = { user: world.state.app.user, ts: `${Math.floor(at.clock.now() / 1000)}.000000` }
    })
    return { channel: channel.id, ts: message.ts, text: message.text, message: messageJson(message, world) }
  },
}

export const chatDelete: Method = {
  name: 'chat.delete',
  tier: 3,
  token: 'bot',
  scopes: ['chat:write'],
  accepts: ['channel', 'ts', 'as_user'],
  requires: ['channel', 'ts'],
  run: (args, at) => {
    const channel = idOnly(args.required('channel'), at)
    const message = existingMessage(channel.id, args.required('ts'), at)
    if (message.user !== at.world.state.app.user) throw new Refusal('cant_delete_message')
    at.messages.remove(message, channel.id)
    return { channel: channel.id, ts: message.ts }
  },
}

export const chatGetPermalink: Method = {
  name: 'chat.getPermalink',
  tier: 'special',
  token: 'bot',
  scopes: [],
  accepts: ['channel', 'message_ts'],
  requires: ['channel', 'message_ts'],
  run: (args, at) => {
    const channel = visibleChannel(args.required('channel'), at)
    const { ts, threadTs } = existingMessage(channel.id, args.required('message_ts'), at)
    const thread = threadTs === undefined || threadTs === ts ? '' : `?thread_ts=${threadTs}&cid=${channel.id}`
    const path = `archives/${channel.id}/p${ts.replace('.', '')}${thread}`
    return { channel: channel.id, permalink: `https://${at.world.state.team.domain}.slack.com/${path}` }
  },
}

/** Unlike postMessage, these take ids and no names. */
function idOnly(id: string, at: Workplace): Channel {
  if (!/^[CGD][A-Z0-9]+$/.test(id)) throw new Refusal('channel_not_found')
  return visibleChannel(id, at)
}
