import type { Method } from '../method.ts'
import { demandMembership, existingMessage, visibleChannel } from '../places.ts'
import { Refusal } from '../refusal.ts'

export const reactionsAdd: Method = {
  name: 'reactions.add',
  tier: 3,
  token: 'bot',
  scopes: ['reactions:write'],
  accepts: ['channel', 'name', 'timestamp'],
  requires: ['channel', 'name', 'timestamp'],
  run: (args, at) => {
    const channel = visibleChannel(args.required('channel'), at)
    const name = args.required('name')
    if (!/^[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?$/.test(name)) throw new Refusal('invalid_name')
    const message = existingMessage(channel.id, args.required('timestamp'), at)
    if (channel.archived) throw new Refusal('is_archived')
    demandMembership(channel, at)
    const user = at.world.state.app.user
    const found = message.reactions?.find((reaction) => reaction.name === name)
    if (found?.users.includes(user) === true) throw new Refusal('already_reacted')
    if (found === undefined && (message.reactions?.length ?? 0) >= 50) throw new Refusal('too_many_reactions')
    at.messages.touch(message, channel.id, (changing) => {
      const reactions = (changing.reactions ??= [])
      if (found === undefined) reactions.push({ name, users: [user] })
      else found.users.push(user)
    })
    return {}
  },
}

export const pinsAdd: Method = {
  name: 'pins.add',
  tier: 2,
  token: 'bot',
  scopes: ['pins:write'],
  accepts: ['channel', 'timestamp'],
  requires: ['channel'],
  run: (args, at) => {
    const channel = visibleChannel(args.required('channel'), at)
    const message = existingMessage(channel.id, args.required('timestamp'), at)
    if (channel.archived) throw new Refusal('is_archived')
    demandMembership(channel, at)
    if (message.pinned === true) throw new Refusal('already_pinned')
    if (at.messages.in(channel.id).filter(({ pinned }) => pinned === true).length >= 100)
      throw new Refusal('too_many_pins')
    at.messages.touch(message, channel.id, (changing) => {
      changing.pinned = true
    })
    return {}
  },
}
