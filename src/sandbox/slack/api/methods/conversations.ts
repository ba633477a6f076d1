import { messageJson, channelJson } from '../shapes.ts'
import type { Args } from '../args.ts'
import type { Channel, Message } from '../../world/state.ts'
import { compareTs, isTs } from '../../world/timestamps.ts'
import type { Method, Workplace } from '../method.ts'
import { demandChannelScope, demandMembership, visibleChannel } from '../places.ts'
import { Refusal } from '../refusal.ts'
import { page } from '../paging.ts'

const readScopes = ['channels:read', 'groups:read', 'im:read', 'mpim:read']
const historyScopes = ['channels:history', 'groups:history', 'im:history', 'mpim:history']
const historyArgs = ['channel', 'oldest', 'latest', 'inclusive', 'limit', 'cursor', 'include_all_metadata']

export const conversationsInfo: Method = {
  name: 'conversations.info',
  tier: 3,
  token: 'bot',
  scopes: readScopes,
  accepts: ['channel', 'include_locale', 'include_num_members'],
  requires: ['channel'],
  run: (args, at) => {
    const channel = knownChannel(args, at)
    return { channel: channelJson(channel, at.world) }
  },
}

export const conversationsMembers: Method = {
  name: 'conversations.members',
  tier: 4,
  token: 'bot',
  scopes: readScopes,
  accepts: ['channel', 'limit', 'cursor'],
  requires: ['channel'],
  run: (args, at) => {
    const channel = knownChannel(args, at)
    const { items, next } = page(channel.members, args)
    return { members: [...items], response_metadata: { next_cursor: next } }
  },
}

export const conversationsHistory: Method = {
  name: 'conversations.history',
  tier: 3,
  token: 'bot',
  scopes: historyScopes,
  accepts: historyArgs,
  requires: ['channel'],
  run: (args, at) => {
    const channel = readableChannel(args, at)
    const shown = at.messages
      .in(channel)
      .filter((message) => message.threadTs === undefined || message.threadTs === message.ts || message.broadcast)
      .filter(within(args))
      .reverse()
    return listing(shown, args, at)
  },
}

export const conversationsReplies: Method = {
  name: 'conversations.replies',
  tier: 3,
  token: 'bot',
  scopes: historyScopes,
  accepts: [...historyArgs, 'ts'],
  requires: ['channel', 'ts'],
  run: (args, at) => {
    const channel = readableChannel(args, at)
    const ts = args.required('ts')
    const asked = at.messages.find(channel, ts)
    const thread = at.messages.thread(channel, asked?.threadTs ?? ts)
    if (thread.length === 0) throw new Refusal('thread_not_found')
    return listing(
      thread.filter((message) => message.ts === ts || within(args)(message)),
      args,
      at,
    )
  },
}

export const conversationsOpen: Method = {
  name: 'conversations.open',
  tier: 3,
  token: 'bot',
  scopes: ['im:write', 'mpim:write'],
  accepts: ['users', 'channel', 'return_im', 'prevent_creation'],
  requires: [],
  run: (args, at) => {
    const given = args.text('channel')
    if (given !== undefined) return { channel: channelJson(visibleChannel(given, at), at.world) }
    const users = args.text('users')?.split(',') ?? []
    const [user] = users
    if (user === undefined) throw new Refusal('users_list_not_supplied')
    if (users.length > 1) throw new Refusal('method_not_supported_for_channel_type')
    const person = at.world.person(user)
    if (person === undefined) throw new Refusal('user_not_found')
    if (person.deactivated) throw new Refusal('user_disabled')
    if (at.world.stranger(user)) throw new Refusal('user_not_visible')
    const channel = at.world.direct(user, at.world.state.app.user)
    return { channel: args.flag('return_im') === true ? channelJson(channel, at.world) : { id: channel.id } }
  },
}

function knownChannel(args: Args, at: Workplace): Channel {
  const channel = visibleChannel(args.required('channel'), at)
  demandChannelScope(channel, 'read', at)
  return channel
}

function readableChannel(args: Args, at: Workplace): string {
  const channel = visibleChannel(args.required('channel'), at)
  demandChannelScope(channel, 'history', at)
  demandMembership(channel, at)
  return channel.id
}

function within(args: Args): (message: Message) => boolean {
  const oldest = bound(args, 'oldest')
  const latest = bound(args, 'latest')
  const inclusive = args.flag('inclusive') === true
  return ({ ts }) => {
    if (oldest !== undefined && compareTs(ts, oldest) < (inclusive ? 0 : 1)) return false
    return latest === undefined || compareTs(latest, ts) >= (inclusive ? 0 : 1)
  }
}

/** `1700000000` and `0` are taken as well as a whole ts. */
function bound(args: Args, name: 'oldest' | 'latest'): string | undefined {
  const value = args.text(name)
  if (value === undefined) return undefined
  const whole = /^\d{1,12}$/.test(value)
    ? `${value}.000000`
    : value.replace(/\.(\d{1,6})$/, (_, digits: string) => `.${digits.padEnd(6, '0')}`)
  if (!isTs(whole)) throw new Refusal(`invalid_ts_${name}`)
  return whole
}

function listing(messages: readonly Message[], args: Args, at: Workplace) {
  const { items, next } = page(messages, args, { standard: 100, max: 999 })
  const metadata = args.flag('include_all_metadata') === true ? 'with metadata' : 'bare'
  return {
    messages: items.map((message) => ({
      ...messageJson(message, at.world, metadata),
      ...replyFacts(message, args.required('channel'), at),
    })),
    has_more: next !== '',
    response_metadata: { next_cursor: next },
  }
}

function replyFacts(message: Message, channel: string, at: Workplace) {
  if (message.threadTs !== undefined && message.threadTs !== message.ts) return {}
  const replies = at.messages.thread(channel, message.ts).slice(1)
  const last = replies.at(-1)
  return last === undefined ? {} : { thread_ts: message.ts, reply_count: replies.length, latest_reply: last.ts }
}
