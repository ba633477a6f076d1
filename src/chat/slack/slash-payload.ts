import type { SlashOrder } from '../incoming.ts'
import type { Arrived, Reading } from './payload.ts'
import { z } from 'zod'
import { ChannelId, placeOf, unreadable, UserId } from './payload.ts'
import { personOf } from './workspace.ts'

/** Flat, all strings. `user_name` and `channel_name` are left out: anybody may change theirs. */
const SlashPayload = z.object({
  command: z.string(),
  text: z.string().default(''),
  team_id: z.string(),
  channel_id: ChannelId,
  user_id: UserId,
  response_url: z.string(),
  trigger_id: z.string(),
})

/** Slack sends a command once and never again: its trigger is as good as an id. */
export function readSlash(body: unknown, { workspace, at }: Arrived): Reading<SlashOrder> {
  const parsed = SlashPayload.safeParse(body)
  if (!parsed.success) return unreadable(parsed.error)
  const { command, text, team_id, channel_id, user_id, response_url, trigger_id } = parsed.data
  return {
    incoming: {
      kind: 'slash',
      key: `slash:${trigger_id}`,
      person: personOf(user_id, [team_id], workspace),
      at,
      command,
      text,
      place: placeOf(channel_id),
      reply: { url: response_url },
      trigger: trigger_id,
    },
  }
}
