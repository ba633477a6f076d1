import type { Chat } from '../chat.ts'
import type { Workspace } from './workspace.ts'
import type { WebClient } from '@slack/web-api'
import { z } from 'zod'
import { ChatError } from '../chat.ts'
import { MessageTs } from '../identity.ts'

/** What the message's metadata says of it. Readable by every app in the channel: only the tag. */
export const metadataType = 'readback'

/** Other apps' messages carry metadata of any shape; only our own are looked at. */
const Page = z.object({
  messages: z
    .array(
      z.object({
        ts: MessageTs,
        bot_id: z.string().nullish(),
        metadata: z
          .object({ event_type: z.string().nullish(), event_payload: z.record(z.string(), z.unknown()).nullish() })
          .nullish(),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
})

/** Slack's clock and ours may differ by this much. */
const skewMs = 300_000
/** A request is surely dead by then; messages after it are none of its doing. */
const latestMs = 3_600_000
const mostPages = 20

/** Reads the channel or thread back. Not found in more pages than this: not "surely absent", so it throws. */
export async function findTagged(
  client: WebClient,
  search: Parameters<Chat['find']>[0],
  workspace: Workspace,
): Promise<MessageTs | undefined> {
  const { channel, thread, tag, since } = search
  const window = {
    channel,
    oldest: secondsOf(since - skewMs),
    latest: secondsOf(since + latestMs),
    inclusive: true,
    include_all_metadata: true,
    limit: 200,
  }
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page += 1) {
    const args = { ...window, ...(cursor === undefined ? {} : { cursor }) }
    const answer = await (thread === undefined
      ? client.conversations.history(args)
      : client.conversations.replies({ ...args, ts: thread }))
    const { messages, response_metadata } = Page.parse(answer)
    const found = messages.find(
      ({ metadata, bot_id }) =>
        bot_id === workspace.botId && metadata?.event_type === metadataType && metadata.event_payload?.['tag'] === tag,
    )
    if (found !== undefined) return found.ts
    cursor = response_metadata?.next_cursor ?? undefined
    if (cursor === undefined || cursor === '') return undefined
  }
  throw new ChatError({ code: 'chat_outcome_unknown', method: 'conversations.history', detail: 'too many messages' })
}

function secondsOf(ms: number): string {
  return (Math.max(0, ms) / 1000).toFixed(6)
}
