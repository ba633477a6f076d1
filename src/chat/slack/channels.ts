import type { Clock } from '../../time/clock.ts'
import type { Place } from '../incoming.ts'
import type { ReportSlack } from './slack-report.ts'
import type { WebClient } from '@slack/web-api'
import { z } from 'zod'
import { toChatError } from './chat-errors.ts'
import { createMemory } from './memory.ts'

const Channel = z.object({
  is_ext_shared: z.boolean().nullish(),
  is_pending_ext_shared: z.boolean().nullish(),
})

const goodForMs = 600_000

export interface Channels {
  /** The place with what only Slack knows of it: whether another company reads there. */
  complete(place: Place): Promise<Place>
  forget(channel: string): void
}

export function createChannels(parts: {
  readonly client: WebClient
  readonly clock: Clock
  readonly report: ReportSlack
}): Channels {
  const { client, clock, report } = parts
  const kinds = createMemory<'channel' | 'shared'>({ clock, most: 5000 })

  async function read(channel: string): Promise<'channel' | 'shared'> {
    const answer = await client.conversations.info({ channel })
    const { is_ext_shared, is_pending_ext_shared } = Channel.parse(answer.channel)
    return is_ext_shared === true || is_pending_ext_shared === true ? 'shared' : 'channel'
  }

  async function kindOf(channel: string): Promise<'channel' | 'shared'> {
    try {
      return (await kinds.recall(channel, goodForMs, () => read(channel))).value
    } catch (error) {
      const { problem } = toChatError(error, { method: 'conversations.info', channel })
      // A channel that the bot is not in: nothing can be posted there, so nobody foreign can read it.
      if (problem.code === 'chat_channel_unusable') return 'channel'
      report({ level: 'warn', what: 'channel_unknown', detail: JSON.stringify(problem) })
      return 'shared'
    }
  }

  return {
    complete: async (place) => {
      if (place.kind !== 'channel') return place
      const kind = await kindOf(place.channel)
      return kind === 'channel' ? place : { ...place, kind }
    },
    forget: (channel) => kinds.forget(channel),
  }
}
