import type { Click } from '../incoming.ts'
import type { Arrived, Reading } from './payload.ts'
import { z } from 'zod'
import { actionOf, linkAction } from './controls.ts'
import { ChannelId, Clicker, MessageTs, placeOf, Team, unreadable } from './payload.ts'
import { personOf } from './workspace.ts'

const Action = z.object({
  action_id: z.string(),
  action_ts: z.string(),
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
})

const ClickPayload = z.object({
  type: z.literal('block_actions'),
  user: Clicker,
  team: Team,
  channel: z.object({ id: ChannelId }),
  container: z.object({
    message_ts: MessageTs.nullish(),
    thread_ts: MessageTs.nullish(),
    is_ephemeral: z.boolean().nullish(),
  }),
  message: z.object({ thread_ts: MessageTs.nullish() }).nullish(),
  response_url: z.string(),
  trigger_id: z.string(),
  actions: z.array(Action).min(1),
})

/** Bolt and Slack both send one action a payload; further ones would be ignored. */
export function readClick(body: unknown, { workspace, at }: Arrived): Reading<Click> {
  const parsed = ClickPayload.safeParse(body)
  if (!parsed.success) return unreadable(parsed.error)
  const { user, team, channel, container, message, response_url, trigger_id, actions } = parsed.data
  const [action] = actions
  if (action === undefined || action.action_id.startsWith(linkAction)) return { ignored: 'opens a page' }
  const person = personOf(user.id, [user.team_id, team?.id], workspace)
  const thread = container.thread_ts ?? message?.thread_ts ?? undefined
  const ts = container.is_ephemeral === true ? undefined : (container.message_ts ?? undefined)
  return {
    incoming: {
      kind: 'click',
      key: [
        'click',
        person.team,
        person.user,
        channel.id,
        container.message_ts,
        action.action_id,
        action.action_ts,
      ].join(':'),
      person,
      at,
      action: actionOf(action.action_id),
      value: action.value ?? action.selected_option?.value ?? '',
      place: placeOf(channel.id, thread),
      reply: { url: response_url },
      trigger: trigger_id,
      ...(ts === undefined ? {} : { message: ts }),
    },
  }
}
