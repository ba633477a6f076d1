import type { MentionOrder } from '../incoming.ts'
import type { Arrived, Reading } from './payload.ts'
import { z } from 'zod'
import { ChannelId, MessageTs, placeOf, unreadable, UserId } from './payload.ts'
import { isOurs, personOf } from './workspace.ts'

const MentionPayload = z.object({
  team_id: z.string().nullish(),
  context_team_id: z.string().nullish(),
  is_ext_shared_channel: z.boolean().nullish(),
  event: z.object({
    type: z.enum(['app_mention', 'message']),
    subtype: z.string().nullish(),
    channel_type: z.string().nullish(),
    user: UserId.nullish(),
    team: z.string().nullish(),
    user_team: z.string().nullish(),
    source_team: z.string().nullish(),
    text: z.string().default(''),
    ts: MessageTs,
    thread_ts: MessageTs.nullish(),
    channel: ChannelId,
  }),
})

/** Subtypes that are still somebody saying something; all others are edits, joins and the like. */
const spoken = new Set(['file_share', 'thread_broadcast'])

/** `@readback …` in a channel, or anything said to the bot directly. */
export function readMention(body: unknown, { workspace, at }: Arrived): Reading<MentionOrder> {
  const parsed = MentionPayload.safeParse(body)
  if (!parsed.success) return unreadable(parsed.error)
  const { event, context_team_id, is_ext_shared_channel } = parsed.data
  const { user, subtype, thread_ts } = event
  if (event.type === 'message' && event.channel_type !== 'im') return { ignored: 'not said to the bot' }
  if (subtype !== undefined && subtype !== null && !spoken.has(subtype)) return { ignored: `a ${subtype}` }
  if (user === undefined || user === null) return { ignored: 'said by nobody' }
  if (user === workspace.bot) return { ignored: 'said by ourselves' }
  if (context_team_id !== undefined && context_team_id !== null && !isOurs(context_team_id, workspace))
    return { ignored: `an event of team ${context_team_id}` }
  const place = placeOf(event.channel, thread_ts ?? undefined)
  return {
    incoming: {
      kind: 'mention',
      // Message ids are unique in a channel: a retried event, and a mention told twice as mention and message, are one.
      key: `mention:${event.channel}:${event.ts}`,
      person: personOf(user, [event.user_team, event.source_team, event.team], workspace),
      at,
      text: withoutMention(event.text, workspace.bot),
      place: is_ext_shared_channel === true ? { ...place, kind: 'shared' } : place,
      message: event.ts,
    },
  }
}

/** What follows the bot's first mention; what precedes it when nothing follows. */
function withoutMention(text: string, bot: UserId): string {
  const mention = new RegExp(`<@${bot}(\\|[^>]*)?>`)
  const found = mention.exec(text)
  if (found === null) return text.trim()
  const after = text.slice(found.index + found[0].length).trim()
  return after === '' ? text.slice(0, found.index).trim() : after
}
