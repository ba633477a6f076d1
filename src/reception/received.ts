import { z } from 'zod'
import { ChannelId, MessageTs, TeamId, UserId } from '../chat/identity.ts'
import type { Incoming } from '../chat/incoming.ts'
import type { Collection, Store } from '../store/store.ts'
import { remove } from '../store/store.ts'

const arrival = { key: z.string(), person: z.object({ team: TeamId, user: UserId }), at: z.number() }
const place = z.object({
  channel: ChannelId,
  thread: MessageTs.exactOptional(),
  kind: z.enum(['channel', 'direct', 'shared']),
})
const reply = z.object({ url: z.string() })

export const StoredIncoming = z.discriminatedUnion('kind', [
  z.object({
    ...arrival,
    kind: z.literal('slash'),
    command: z.string(),
    text: z.string(),
    place,
    reply,
    trigger: z.string(),
  }),
  z.object({ ...arrival, kind: z.literal('mention'), text: z.string(), place, message: MessageTs }),
  z.object({
    ...arrival,
    kind: z.literal('click'),
    action: z.string(),
    value: z.string(),
    place,
    message: MessageTs.exactOptional(),
    reply,
    trigger: z.string(),
  }),
  z.object({
    ...arrival,
    kind: z.literal('submission'),
    form: z.string(),
    context: z.string(),
    values: z.record(z.string(), z.string()),
  }),
]) satisfies z.ZodType<Incoming>

const Received = z.object({
  /** When its key may be forgotten (epoch ms). */
  until: z.number(),
  /** What arrived, until it is answered, and the process that answers it. */
  open: z.object({ incoming: StoredIncoming, by: z.string() }).exactOptional(),
})
export type Received = z.infer<typeof Received>

/** What arrived from the chat, by its key; `open`: what has no answer yet. */
export const received: Collection<Received> = {
  name: 'received',
  parse: (raw) => Received.parse(raw),
  keys: ({ open }) => (open ? ['open'] : []),
  due: ({ until }) => until,
}

/** Forgets keys whose day is over, a bounded number at a time. Returns how many. */
export async function forgetReceived(store: Store): Promise<number> {
  const old = await store.due(received, { at: await store.now(), limit: 1_000 })
  if (old.length > 0) await store.commit(old.map(({ id }) => remove(received, id, 'any')))
  return old.length
}
