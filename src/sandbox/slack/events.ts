import type { Clock } from '../../time/clock.ts'
import type { JsonObject } from '../../json.ts'
import { messageJson } from './api/shapes.ts'
import type { Deliveries, Delivery } from './socket/deliveries.ts'
import type { MessageEvent, Messages } from './world/messages.ts'
import type { Channel, Message } from './world/state.ts'
import type { World } from './world/world.ts'

/** What the app hears through `events_api`. Each resolves with the first try's fate; undefined: not subscribed. */
export interface Notices {
  readonly mentioned: (channel: Channel, message: Message) => Promise<Delivery | undefined>
  /** The fate of the event about this message of a direct conversation. */
  readonly heard: (message: Message) => Promise<Delivery | undefined>
  /** Also changes the group. */
  readonly changeGroup: (group: string, members: readonly string[]) => Promise<Delivery | undefined>
  /** An envelope without `event`: unlike any other, and it used to end Bolt processes. */
  readonly appRateLimited: () => Promise<Delivery>
  /** Any event, for what a test needs beyond these. */
  readonly send: (event: JsonObject, teamId?: string) => Promise<Delivery>
}

export function createNotices({
  world,
  messages,
  deliveries,
  clock,
}: {
  readonly world: World
  readonly messages: Messages
  readonly deliveries: Deliveries
  readonly clock: Clock
}): Notices {
  const seconds = () => Math.floor(clock.now() / 1000)
  const subscribed = (event: string) => world.state.app.events.includes(event)
  const wrap = (event: JsonObject, { teamId, shared }: { teamId: string; shared: boolean }): JsonObject => ({
    token: 'sandbox',
    team_id: teamId,
    context_team_id: world.state.team.id,
    context_enterprise_id: null,
    api_app_id: world.state.app.id,
    event,
    type: 'event_callback',
    event_id: world.nextId('Ev'),
    event_time: seconds(),
    is_ext_shared_channel: shared,
    event_context: '4-sandbox',
    authorizations: [
      {
        enterprise_id: null,
        team_id: world.state.team.id,
        user_id: world.state.app.user,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
  })
  const personal = (user: string) => {
    const team = world.person(user)?.team ?? world.state.team.id
    return { team, user_team: team, source_team: team }
  }

  const told = new WeakMap<Message, Promise<Delivery | undefined>>()

  const direct = async ({ kind, channel, message, previous }: MessageEvent): Promise<Delivery | undefined> => {
    if (!subscribed('message.im')) return undefined
    const base = { type: 'message', channel, channel_type: 'im', event_ts: message.ts }
    const event: JsonObject =
      kind === 'posted'
        ? { ...messageJson(message, world), ...base, ...personal(message.user) }
        : kind === 'changed'
          ? {
              ...base,
              subtype: 'message_changed',
              hidden: true,
              ts: message.ts,
              message: messageJson(message, world),
              previous_message: messageJson(previous ?? message, world),
            }
          : { ...base, subtype: 'message_deleted', hidden: true, ts: message.ts, deleted_ts: message.ts }
    return deliveries.event(wrap(event, { teamId: world.state.team.id, shared: false }))
  }

  messages.onEvent((event) => {
    if (world.channel(event.channel)?.kind === 'im') told.set(event.message, direct(event))
  })

  return {
    heard: async (message) => told.get(message),
    mentioned: async (channel, message) => {
      if (!subscribed('app_mention')) return undefined
      const { team } = personal(message.user)
      return deliveries.event(
        wrap(
          {
            ...messageJson(message, world),
            ...personal(message.user),
            type: 'app_mention',
            channel: channel.id,
            event_ts: message.ts,
          },
          { teamId: team, shared: channel.sharedWith.length > 0 },
        ),
      )
    },
    changeGroup: async (id, members) => {
      const group = world.group(id)
      if (group === undefined) throw new Error(`no group ${id} in this world`)
      const added = members.filter((member) => !group.members.includes(member))
      const removed = group.members.filter((member) => !members.includes(member))
      group.members = [...members]
      world.tell({ kind: 'group', group: id })
      if (!subscribed('subteam_members_changed')) return undefined
      const event: JsonObject = {
        type: 'subteam_members_changed',
        subteam_id: id,
        team_id: world.state.team.id,
        date_previous_update: seconds(),
        date_update: seconds(),
        added_users: added,
        added_users_count: added.length,
        removed_users: removed,
        removed_users_count: removed.length,
      }
      return deliveries.event(wrap(event, { teamId: world.state.team.id, shared: false }))
    },
    appRateLimited: () =>
      deliveries.event({
        token: 'sandbox',
        type: 'app_rate_limited',
        team_id: world.state.team.id,
        minute_rate_limited: Math.floor(clock.now() / 60_000) * 60,
        api_app_id: world.state.app.id,
      }),
    send: (event, teamId) => deliveries.event(wrap(event, { teamId: teamId ?? world.state.team.id, shared: false })),
  }
}
