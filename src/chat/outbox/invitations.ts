import { z } from 'zod'
import type { Collection, Store } from '../../store/store.ts'
import { put } from '../../store/store.ts'

const Invitation = z.object({
  /** Epoch ms. */
  at: z.number(),
})
const keptMs = 3_600_000
const most = 500

export const invitations: Collection<{ readonly at: number }> = {
  name: 'invitations',
  parse: (raw) => Invitation.parse(raw),
  due: ({ at }) => at + keptMs,
}

/** That the bot was invited somewhere is told to one replica, whichever that is; the one that posts hears of it by the store. */
export interface Invitations {
  tell(channel: string): Promise<void>
  /** Calls when something may have been told. Returns the end of listening. */
  listen(heard: () => void): () => void
  /** Channels that were told of since the last look; those of the last hour at the first. */
  news(): Promise<readonly string[]>
}

export function createInvitations(store: Store): Invitations {
  /** Channel → version of what was told of it. */
  let seen: ReadonlyMap<string, number> = new Map()
  return {
    tell: async (channel) => {
      await store.commit([put(invitations, { id: channel, value: { at: await store.now() }, expect: 'any' })])
    },
    listen: (heard) => store.watch(invitations, heard),
    news: async () => {
      const told = new Map((await store.list(invitations, { limit: most })).map(({ id, version }) => [id, version]))
      const fresh = [...told].filter(([channel, version]) => seen.get(channel) !== version).map(([channel]) => channel)
      seen = told
      return fresh
    },
  }
}
