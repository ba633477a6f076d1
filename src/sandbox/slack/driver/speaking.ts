import { issueHook } from '../hooks.ts'
import type { Delivery } from '../socket/deliveries.ts'
import type { Channel, Human, Message } from '../world/state.ts'
import type { DriverParts } from './parts.ts'
import { applyAck } from './ack-message.ts'
import { escapeText, mangle } from './typing.ts'

/** The client does not even send it. */
export interface NotSent {
  readonly kind: 'not_sent'
  readonly reason:
    | 'unknown_person'
    | 'unknown_channel'
    | 'unknown_command'
    | 'not_in_channel'
    | 'is_archived'
    | 'deactivated'
    | 'app_cannot_hear'
    | 'unknown_message'
    | 'unknown_control'
    | 'unknown_option'
    | 'unknown_view'
    | 'confirm_declined'
}

export interface Words {
  readonly user: string
  readonly channel: string
  readonly text: string
  readonly thread?: string
}

export interface Speaking {
  /** `line` as typed, with its slash. Commands have no threads; people of other companies have none of our commands. */
  readonly typeCommand: (user: string, channel: string, line: string) => Promise<Delivery | NotSent>
  /** Posts a message; the app hears it when it is mentioned or spoken to directly. */
  readonly say: (words: Words) => Promise<(Delivery & { readonly ts: string }) | NotSent>
  /** `say` with `@` and the app's name before the text. */
  readonly mention: (words: Words) => Promise<(Delivery & { readonly ts: string }) | NotSent>
}

export function createSpeaking({ at, deliveries, notices }: DriverParts): Speaking {
  const { world, messages, triggers, clock } = at

  const speaker = (user: string, channel: string) => {
    const person = world.person(user)
    const place = world.channel(channel)
    const refusal = refuseSpeaker(person, place)
    return refusal ?? { person, place }
  }

  const say: Speaking['say'] = async ({ user, channel, text, thread }) => {
    const found = speaker(user, channel)
    if ('kind' in found || found.place === undefined) return asNotSent(found)
    const { place } = found
    if (thread !== undefined && messages.find(channel, thread) === undefined)
      return { kind: 'not_sent', reason: 'unknown_message' }
    const mangled = mangle(text, world, 'bare')
    const message: Message = messages.post(channel, {
      user,
      text: mangled,
      clientMsgId: world.nextId('msg-'),
      ...(thread !== undefined && { threadTs: thread }),
    })
    const app = world.state.app.user
    const mentioned = mangled.includes(`<@${app}>`) && place.members.includes(app)
    const delivery =
      place.kind === 'im'
        ? await notices.heard(message)
        : mentioned
          ? await notices.mentioned(place, message)
          : undefined
    return delivery === undefined ? { kind: 'not_sent', reason: 'app_cannot_hear' } : { ...delivery, ts: message.ts }
  }

  return {
    typeCommand: async (user, channel, line) => {
      const found = speaker(user, channel)
      if ('kind' in found || found.place === undefined || found.person === undefined) return asNotSent(found)
      const { person, place } = found
      const [, name = '', typed = ''] = /^(\S+)\s*([\s\S]*)$/.exec(line.trim()) ?? []
      const command = world.state.commands.find((one) => one.command === name)
      if (command === undefined || world.stranger(user)) return { kind: 'not_sent', reason: 'unknown_command' }
      const { team, app } = world.state
      const delivery = await deliveries.send('slash_commands', {
        token: 'sandbox',
        team_id: team.id,
        team_domain: team.domain,
        channel_id: place.id,
        channel_name: { im: 'directmessage', private: 'privategroup', mpim: 'privategroup', public: place.name }[
          place.kind
        ],
        user_id: user,
        user_name: person.name,
        command: name,
        text: command.shouldEscape ? mangle(typed, world, 'with labels') : escapeText(typed),
        api_app_id: app.id,
        is_enterprise_install: 'false',
        response_url: `${at.origin()}${issueHook({ user, channel }, { world, clock })}`,
        trigger_id: triggers.issue(user),
      })
      if (delivery.kind === 'acked') applyAck(delivery.payload, { user, channel }, at)
      else complain(delivery, { user, channel, command: name })
      return delivery
    },
    say,
    mention: (words) => say({ ...words, text: `@${world.person(world.state.app.user)?.name} ${words.text}` }),
  }

  /** What the client shows when an app does not answer. */
  function complain(
    delivery: Delivery,
    { user, channel, command }: { user: string; channel: string; command: string },
  ) {
    const error = delivery.kind === 'timed_out' ? 'operation_timeout' : 'dispatch_failed'
    messages.whisper(channel, user, { user: 'USLACKBOT', text: `${command} failed with the error "${error}"` })
  }
}

export function refuseSpeaker(person: Human | undefined, place: Channel | undefined): NotSent | undefined {
  if (person === undefined) return { kind: 'not_sent', reason: 'unknown_person' }
  if (place === undefined) return { kind: 'not_sent', reason: 'unknown_channel' }
  if (person.deactivated) return { kind: 'not_sent', reason: 'deactivated' }
  if (!place.members.includes(person.id)) return { kind: 'not_sent', reason: 'not_in_channel' }
  if (place.archived) return { kind: 'not_sent', reason: 'is_archived' }
  return undefined
}

function asNotSent(
  found: NotSent | { readonly person: Human | undefined; readonly place: Channel | undefined },
): NotSent {
  return 'kind' in found ? found : { kind: 'not_sent', reason: 'unknown_channel' }
}
