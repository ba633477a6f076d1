import type { Change, Collection, Store } from '../../store/store.ts'
import type { Message } from '../message.ts'
import { z } from 'zod'
import { put, remove } from '../../store/store.ts'
import { ChannelId, MessageTs } from '../identity.ts'
import { StoredMessage, storable } from './message-shape.ts'

/** Higher lanes of a channel are posted first: answers and approval cards; outcomes; alerts and audit posts. */
export const lanes = ['answer', 'outcome', 'alert'] as const
export type Lane = (typeof lanes)[number]

/** Where a card stands: in a channel, in a thread, or in the thread of another card that may not be posted yet. */
export type Destination =
  | { readonly channel: ChannelId; readonly thread?: MessageTs }
  | { readonly channel: ChannelId; readonly under: string }

/** How a card waits in the digest of its channel while many do. */
export interface Fold {
  /** One plain line, that tells as much as can be known without opening the card. */
  readonly headline: string
  /** The word it is counted by, e.g. its severity. */
  readonly kind: string
}

/** A message about one thing that is edited as that thing moves on. */
export interface Card {
  /** Unique for good; written into the message as its tag. */
  readonly id: string
  readonly to: Destination
  readonly message: Message
  readonly lane: Lane
  /** `progress` edits are thinned out (the newest wins); `final` ones and those of the answer lane are shown as soon as possible. */
  readonly stage: 'progress' | 'final'
  /** Rises with each change of what the card shows; a revision already shown is not sent again. */
  readonly revision: number
  /** When the card was first wanted (epoch ms): its place in line. The same for all revisions. */
  readonly at: number
  /** Among the cards of a lane that wait for one channel the weightier goes first; those without a weight go before all that have one. */
  readonly weight?: number
  /** Stands in its channel's digest while it waits among many; without it the card only waits. For cards in a channel, not in a thread. */
  readonly fold?: Fold
  /** When nobody will edit it any more (epoch ms) and its message id may be forgotten; without it the owner forgets it by `forgetCard`. */
  readonly forgetAt?: number
}

/** What a card should show; put by owners without looking, removed by the outbox once shown. */
export type Wanted = Omit<Card, 'id'>

/** All of it but the message, which is large and read only when its turn comes. */
const Outside = z.object({
  to: z.union([
    z.strictObject({ channel: ChannelId, under: z.string() }),
    z.strictObject({ channel: ChannelId, thread: z.exactOptional(MessageTs) }),
  ]),
  lane: z.enum(lanes),
  stage: z.enum(['progress', 'final']),
  revision: z.number(),
  at: z.number(),
  weight: z.exactOptional(z.number()),
  fold: z.exactOptional(z.object({ headline: z.string(), kind: z.string() })),
  forgetAt: z.exactOptional(z.number()),
}) satisfies z.ZodType<Outside>
export type Outside = Omit<Wanted, 'message'>

const Wanted = Outside.extend({ message: StoredMessage }) satisfies z.ZodType<Wanted>

const place = { channel: ChannelId, thread: z.exactOptional(MessageTs), forgetAt: z.exactOptional(z.number()) }
/** How often the card was posted anew because its message was deleted; part of the tag. */
const generation = z.number()

const Sent = z.discriminatedUnion('state', [
  /** A post is about to go out or its outcome is not known: read back before posting. */
  z.object({ state: z.literal('posting'), ...place, generation, revision: z.number(), since: z.number() }),
  z.object({ state: z.literal('shown'), ...place, generation, revision: z.number(), ts: MessageTs }),
  /** Surely not in the channel: refused by the chat, or deleted there. Tried again at `retryAt`. */
  z.object({
    state: z.literal('absent'),
    ...place,
    generation,
    reason: z.string(),
    tries: z.number(),
    retryAt: z.number(),
  }),
  /** Deleted by somebody twice: left alone. */
  z.object({ state: z.literal('gone'), ...place, generation, ts: MessageTs }),
])
/** What became of a card; written by the outbox alone. */
export type Sent = z.infer<typeof Sent>
export type SentIn<State extends Sent['state']> = Extract<Sent, { state: State }>

export const cardsWanted: Collection<Wanted> = { name: 'cards-wanted', parse: (raw) => Wanted.parse(raw) }
/** The same documents, read for less. */
export const cardsOutside: Collection<Outside> = { name: cardsWanted.name, parse: (raw) => Outside.parse(raw) }

/** Finds the card that a thread hangs under. */
export const messageKey = ({ channel, ts }: { readonly channel: ChannelId; readonly ts: MessageTs }): string =>
  `${channel}/${ts}`

export const cardsSent: Collection<Sent> = {
  name: 'cards-sent',
  parse: (raw) => Sent.parse(raw),
  keys: (sent) => (sent.state === 'shown' ? [messageKey(sent)] : []),
  due: (sent) => sent.forgetAt,
}

/** Goes into the commit that makes the card true. It reaches the channel sometime after that commit. */
export function showCard({ id, ...wanted }: Card): readonly Change[] {
  const value = { ...wanted, message: storable(wanted.message) }
  return [put(cardsWanted, { id, value, expect: 'any' })]
}

/** The message stays in the channel; it will not be edited any more, or not be posted if it was not yet. */
export function forgetCard(id: string): readonly Change[] {
  return [remove(cardsWanted, id, 'any'), remove(cardsSent, id, 'any')]
}

/** What the message carries, so that it is recognised. */
export function tagOf(id: string, generation: number): string {
  return generation === 1 ? id : `${id}~${generation}`
}

/** Whether a card waits for its channel, or for an edit there. */
export const isWanted = async (id: string, store: Pick<Store, 'get'>): Promise<boolean> =>
  (await store.get(cardsWanted, id)) !== undefined
