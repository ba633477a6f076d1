import type { Incoming, Place } from '../incoming.ts'
import type { Workspace } from './workspace.ts'
import { z } from 'zod'
import { ChannelId, MessageTs, TeamId, UserId } from '../identity.ts'

/** What a reader needs besides the payload. */
export interface Arrived {
  readonly workspace: Workspace
  /** Epoch ms. */
  readonly at: number
}

/** A payload is for us to handle, or there is a reason why nobody handles it. */
export type Reading<Kind extends Incoming = Incoming> = { readonly incoming: Kind } | { readonly ignored: string }

/** The members that tell which team somebody is of. */
export const Team = z.object({ id: TeamId }).nullish()
export const Clicker = z.object({ id: UserId, team_id: z.string().nullish() })
export { ChannelId, MessageTs, UserId }

export function placeOf(channel: ChannelId, thread?: MessageTs): Place {
  return { channel, kind: channel.startsWith('D') ? 'direct' : 'channel', ...(thread === undefined ? {} : { thread }) }
}

export function unreadable(error: z.ZodError): { readonly ignored: string } {
  return { ignored: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') }
}
