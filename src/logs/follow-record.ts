import { z } from 'zod'
import { ChannelId, MessageTs, TeamId, UserId } from '../chat/identity.ts'
import type { Collection } from '../store/store.ts'
import { levels } from './level.ts'

const Filter = z.object({
  grep: z.string().exactOptional(),
  exclude: z.string().exactOptional(),
  level: z.enum(levels).exactOptional(),
  context: z.number().exactOptional(),
})

/** A follow as it is remembered, so that its card reaches an end even if the bot does not. */
export const Follow = z.object({
  id: z.string(),
  by: z.object({ team: TeamId, user: UserId }),
  place: z.object({
    channel: ChannelId,
    thread: MessageTs.exactOptional(),
    kind: z.enum(['channel', 'direct', 'shared']),
    locale: z.string().exactOptional(),
  }),
  cluster: z.string(),
  /** What people call it: `shop/web`, `shop/web, shop/api`, `shop: app=web`. */
  what: z.string(),
  /** Where its lines come from, as the policy is asked about it; without a name: a selector of that namespace. */
  places: z.array(z.object({ namespace: z.string(), name: z.string().exactOptional() })),
  startedAt: z.number(),
  lastsMs: z.number(),
  filter: Filter,
  /** The audit trail could not take a record of it. */
  unrecorded: z.literal(true).exactOptional(),
})
export type Follow = z.infer<typeof Follow>

/** What the policy is asked about one of its places: pods that a selector finds may be anybody's there. */
export const askedAbout = (place: Follow['places'][number]) =>
  place.name === undefined ? { ...place, whole: true as const } : place

export const Held = Follow.extend({
  /** The process that follows. */
  process: z.string(),
  /** The seats that it takes up. */
  seats: z.array(z.string()),
  /** What somebody pressed, perhaps on another replica. */
  stop: z.literal(true).exactOptional(),
  paused: z.literal(true).exactOptional(),
  /** How often a file was asked for. */
  files: z.number(),
})
export type Held = z.infer<typeof Held>

export const follows: Collection<Held> = { name: 'log-follows', parse: (raw) => Held.parse(raw) }
