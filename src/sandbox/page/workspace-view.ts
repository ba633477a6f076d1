import type { Human, Message, View, Channel } from '../slack/world/state.ts'
import { pointedFiles } from '../slack/api/pointed-files.ts'
import type { SlackServer } from '../slack/server.ts'
import type { PageChannel, PageFile, PageMessage, PagePerson, PageView } from './protocol.ts'

/** The newest messages of a channel that a page gets when it opens. */
const shownMessages = 300
const shownEphemerals = 100

/** What one person sees of the workspace. Nothing of a channel they are not in. */
export function createWorkspaceView(slack: SlackServer) {
  const { world, messages, views } = slack
  const companyOf = (team: string): string | undefined => world.state.foreignTeams.find(({ id }) => id === team)?.name

  const person = (human: Human): PagePerson => {
    const company = companyOf(human.team)
    return {
      id: human.id,
      name: human.name,
      realName: human.realName,
      kind:
        human.kind === 'guest' || human.kind === 'single_channel_guest'
          ? 'guest'
          : human.kind === 'member'
            ? 'member'
            : 'bot',
      deactivated: human.deactivated,
      locale: human.locale,
      ...(company === undefined ? {} : { company }),
    }
  }
  const channel = (found: Channel): PageChannel => ({
    id: found.id,
    name: found.name,
    kind: found.kind === 'im' ? 'direct' : found.kind === 'public' ? 'channel' : 'private',
    members: found.members,
    sharedWith: found.sharedWith.flatMap((team) => companyOf(team) ?? []),
  })
  const file = (id: string): readonly PageFile[] => {
    const found = world.state.files.find((one) => one.id === id)
    if (found === undefined) return []
    const { name, title, mimetype, size } = found
    return [{ id, name, title, mimetype, size }]
  }
  const message = (found: Message, place: string): PageMessage => ({
    channel: place,
    ts: found.ts,
    user: found.user,
    text: found.text,
    blocks: found.blocks ?? [],
    attachments: found.attachments ?? [],
    files: (found.files ?? []).flatMap(file),
    reactions: found.reactions ?? [],
    broadcast: found.broadcast === true,
    edited: found.edited !== undefined,
    onlyForYou: found.onlyFor !== undefined,
    ...(found.threadTs === undefined ? {} : { threadTs: found.threadTs }),
  })
  const view = ({ id, body, errors, trouble }: View): PageView => ({
    id,
    body,
    errors,
    ...(trouble === undefined ? {} : { trouble }),
  })
  const channelsOf = (user: string): readonly Channel[] =>
    world.state.channels.filter(({ members, archived }) => members.includes(user) && !archived)

  return {
    people: () => world.state.people.map(person),
    channels: (user: string) => channelsOf(user).map(channel),
    sees: (user: string, place: string) => world.channel(place)?.members.includes(user) === true,
    views: (user: string) => views.stack(user).map(view),
    messages: (user: string): readonly PageMessage[] => [
      ...channelsOf(user).flatMap(({ id }) =>
        messages
          .in(id)
          .slice(-shownMessages)
          .map((one) => message(one, id)),
      ),
      ...messages
        .whispered(user)
        .slice(-shownEphemerals)
        .map((one) => message(one, one.channel ?? '')),
    ],
    message: (user: string, at: { readonly channel: string; readonly ts: string }): PageMessage | undefined => {
      const found = messages.ephemeral(user, at) ?? messages.find(at.channel, at.ts)
      return found === undefined ? undefined : message(found, at.channel)
    },
    /** Whether this person was shown that file: shared in a channel of theirs, or pointed at by a message that they see. */
    mayOpen: (user: string, id: string) =>
      world.state.files.some(
        (one) => one.id === id && one.shares.some((share) => world.channel(share.channel)?.members.includes(user)),
      ) ||
      [...channelsOf(user).flatMap((place) => messages.in(place.id)), ...messages.whispered(user)].some(({ blocks }) =>
        pointedFiles(blocks ?? [], '').some((file) => file.id === id),
      ),
  }
}
export type WorkspaceView = ReturnType<typeof createWorkspaceView>
