import type { Channel, Message } from '../world/state.ts'
import type { Args } from './args.ts'
import type { Workplace } from './method.ts'
import { Refusal } from './refusal.ts'

/** A channel that the app may see: public ones, and others it is a member of. */
export function visibleChannel(id: string, { world }: Workplace): Channel {
  const found = world.channel(id)
  if (found === undefined) throw new Refusal('channel_not_found')
  if (found.kind !== 'public' && !found.members.includes(world.state.app.user)) throw new Refusal('channel_not_found')
  return found
}

/** A channel that the app may write to; a user id stands for the direct conversation with that person. */
export function writableChannel(id: string, at: Workplace): Channel {
  const { world } = at
  const person = world.person(id)
  const found =
    person === undefined || world.stranger(id) ? visibleChannel(id, at) : world.direct(id, world.state.app.user)
  if (found.archived) throw new Refusal('is_archived')
  demandMembership(found, at)
  return found
}

/** Throws `message_not_found`; what was shown to one person only is never found. */
export function existingMessage(channel: string, ts: string, { messages }: Workplace): Message {
  const found = messages.find(channel, ts)
  if (found === undefined) throw new Refusal('message_not_found')
  return found
}

/** The message that is replied to, by its ts; undefined where nobody asked for a thread. */
export function threadOf(args: Args, channel: string, { messages }: Workplace): string | undefined {
  const thread = args.text('thread_ts')
  if (thread === undefined) return undefined
  const parent = messages.find(channel, thread)
  if (parent === undefined) throw new Refusal('thread_not_found')
  if (parent.threadTs !== undefined && parent.threadTs !== thread) throw new Refusal('cannot_reply_to_message')
  return thread
}

/** The app reads and marks what is said only where it is a member. */
export function demandMembership(channel: Channel, { world }: Workplace): void {
  if (!channel.members.includes(world.state.app.user)) throw new Refusal('not_in_channel')
}

/** Scopes differ by kind of channel: `channels:history`, `groups:history`, … */
export function demandChannelScope(channel: Channel, ending: 'read' | 'history', { world }: Workplace) {
  const needed = `${{ public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' }[channel.kind]}:${ending}`
  const provided = world.state.app.scopes
  if (!provided.includes(needed)) throw new Refusal('missing_scope', { needed, provided: provided.join(',') })
}
