import type { JsonObject } from '../../../json.ts'
import { compact } from '../json-values.ts'
import type { Channel, File, Human, Message, View } from '../world/state.ts'
import type { World } from '../world/world.ts'

/** A message as every method and payload shows it. */
export function messageJson(message: Message, world: World, metadata: 'with metadata' | 'bare' = 'bare'): JsonObject {
  const { app } = world.state
  const own = message.user === app.user
  return compact({
    type: 'message',
    user: message.user,
    ts: message.ts,
    bot_id: own ? app.botId : undefined,
    app_id: own ? app.id : undefined,
    client_msg_id: message.clientMsgId,
    text: message.text,
    team: world.person(message.user)?.team,
    blocks: message.blocks,
    attachments: message.attachments,
    thread_ts: message.threadTs,
    edited: message.edited,
    reactions: message.reactions?.map(({ name, users }) => ({ name, users, count: users.length })),
    files: message.files?.flatMap((id) => {
      const file = world.state.files.find((one) => one.id === id)
      return file === undefined ? [] : [fileJson(file, { origin: '', now: file.processedAt ?? 0 })]
    }),
    metadata: metadata === 'with metadata' ? message.metadata : undefined,
    ...(message.broadcast === true ? { subtype: 'thread_broadcast' } : {}),
  })
}

export function channelJson(channel: Channel, world: World): JsonObject {
  const { app, team } = world.state
  const shared = channel.sharedWith.length > 0
  return compact({
    id: channel.id,
    name: channel.kind === 'im' ? undefined : channel.name,
    name_normalized: channel.kind === 'im' ? undefined : channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: channel.kind === 'im',
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_member: channel.members.includes(app.user),
    is_shared: shared,
    is_ext_shared: shared,
    is_org_shared: false,
    context_team_id: team.id,
    shared_team_ids: [team.id, ...channel.sharedWith],
    user: channel.kind === 'im' ? channel.members.find((member) => member !== app.user) : undefined,
    num_members: channel.members.length,
  })
}

export function userJson(person: Human, world: World, locale: 'with locale' | 'bare'): JsonObject {
  const guest = person.kind === 'guest' || person.kind === 'single_channel_guest'
  return compact({
    id: person.id,
    team_id: person.team,
    name: person.name,
    deleted: person.deactivated,
    real_name: person.realName,
    tz: person.zone,
    profile: { real_name: person.realName, display_name: person.name, team: person.team },
    is_bot: person.kind === 'bot' || person.kind === 'workflow',
    is_workflow_bot: person.kind === 'workflow' ? true : undefined,
    is_restricted: guest,
    is_ultra_restricted: person.kind === 'single_channel_guest',
    is_stranger: world.stranger(person.id) ? true : undefined,
    is_app_user: false,
    locale: locale === 'with locale' ? person.locale : undefined,
  })
}

export function fileJson(file: File, { origin, now }: { readonly origin: string; readonly now: number }): JsonObject {
  return compact({
    id: file.id,
    name: file.name,
    title: file.title,
    mimetype: now >= (file.processedAt ?? 0) ? file.mimetype : '',
    filetype: file.snippetType ?? 'text',
    size: file.size,
    user: file.user,
    created: Math.floor(file.created / 1000),
    alt_txt: file.about,
    url_private: `${origin}/files/${file.id}/${encodeURIComponent(file.name)}`,
    shares: {
      public: Object.fromEntries(file.shares.map(({ channel, ts }) => [channel, [{ ts }]])),
    },
    channels: file.shares.map(({ channel }) => channel),
  })
}

export function viewJson(view: View, world: World, values: JsonObject = {}): JsonObject {
  const { app, team } = world.state
  return {
    private_metadata: '',
    callback_id: '',
    external_id: '',
    clear_on_close: false,
    notify_on_close: false,
    submit: null,
    close: null,
    ...view.body,
    id: view.id,
    team_id: team.id,
    type: view.type,
    hash: view.hash,
    state: { values },
    root_view_id: view.rootId,
    previous_view_id: view.previousId ?? null,
    app_id: app.id,
    bot_id: app.botId,
    app_installed_team_id: team.id,
  }
}
