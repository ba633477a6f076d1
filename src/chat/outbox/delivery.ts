import type { Clock } from '../../time/clock.ts'
import type { Change, Store, Stored } from '../../store/store.ts'
import type { Chat } from '../chat.ts'
import type { ChannelId, MessageTs } from '../identity.ts'
import type { Sent, SentIn, Wanted } from './card.ts'
import type { Turn } from '../../store/turn.ts'
import type { Waiting } from './waiting.ts'
import { put, remove } from '../../store/store.ts'
import { cardsSent, cardsWanted, tagOf } from './card.ts'

export interface DeliveryParts {
  readonly store: Store
  readonly chat: Chat
  readonly clock: Clock
  readonly turn: Turn
}

/** Where a card stands now. */
export interface Shown {
  readonly channel: ChannelId
  readonly thread?: MessageTs
  readonly ts: MessageTs
}

/** What one step came to. A `ChatError` or store error is thrown instead. */
export type Delivered =
  | { readonly kind: 'posted'; readonly shown: Shown }
  | { readonly kind: 'edited' }
  /** The earlier post did not arrive. */
  | { readonly kind: 'absent' }
  /** Not posted, and surely so: another process has the turn or has written meanwhile. Look again. */
  | { readonly kind: 'stale' }
  /** Nothing was wanted any more. */
  | { readonly kind: 'nothing' }

/** A post whose intent is older than this is not sent: another process may have taken over meanwhile. */
const intentValidMs = 3000

/** Looks whether a post of unknown outcome arrived, and takes it over if so. */
export async function verify(
  parts: DeliveryParts,
  card: Waiting,
  intent: Stored<SentIn<'posting'>>,
): Promise<Delivered> {
  const { channel, thread, since, generation } = intent.value
  const tag = tagOf(card.id, generation)
  const ts = await parts.chat.find({ channel, tag, since, ...(thread === undefined ? {} : { thread }) })
  if (ts === undefined) return { kind: 'absent' }
  return recordPost(parts, card.id, { intent: intent.value, version: intent.version, ts })
}

/**
 * Posts a card at most once: the intent is stored before the request, the message id after it. An intent found in the
 * store is verified first, so that a crash or a lost answer between the two neither doubles nor drops the message.
 */
export async function post(parts: DeliveryParts, card: Waiting): Promise<Delivered> {
  const { store, chat, clock, turn } = parts
  const wanted = await store.get(cardsWanted, card.id)
  if (wanted === undefined) return { kind: 'nothing' }
  // Takes several requests: all of them before the intent, which is valid for seconds only.
  if (turn.mine()) await chat.ready(wanted.value.message)
  const generation = card.sent?.value.generation ?? 1
  const intent: SentIn<'posting'> = {
    state: 'posting',
    generation,
    revision: wanted.value.revision,
    since: clock.now(),
    ...placeOf(wanted.value, card.thread),
  }
  const expect = card.sent?.version ?? 'absent'
  const promised = await store.commit([put(cardsSent, { id: card.id, value: intent, expect }), ...turn.guard()])
  if (!promised.ok) return { kind: 'stale' }
  const version = (card.sent?.version ?? 0) + 1
  card.sent = { id: card.id, version, value: intent }
  card.surelyAbsent = !turn.mine() || clock.now() - intent.since > intentValidMs
  if (card.surelyAbsent) return { kind: 'stale' }
  const { channel, thread } = intent
  const tag = tagOf(card.id, generation)
  const { message } = wanted.value
  const ts = await chat.post({ channel, message, tag, ...(thread === undefined ? {} : { thread }) })
  return recordPost(parts, card.id, { intent, version, ts, wanted })
}

function placeOf(
  wanted: Pick<Wanted, 'to' | 'forgetAt'>,
  thread: MessageTs | undefined,
): Pick<Sent, 'channel' | 'thread' | 'forgetAt'> {
  return {
    channel: wanted.to.channel,
    ...(thread === undefined ? {} : { thread }),
    ...(wanted.forgetAt === undefined ? {} : { forgetAt: wanted.forgetAt }),
  }
}

async function recordPost(
  { store }: DeliveryParts,
  id: string,
  result: { intent: SentIn<'posting'>; version: number; ts: MessageTs; wanted?: Stored<Wanted> },
): Promise<Delivered> {
  const { intent, version, ts, wanted } = result
  const { since: _, ...kept } = intent
  const stored = put(cardsSent, { id, value: { ...kept, state: 'shown', ts }, expect: version })
  const ok = await commitAndClear(store, stored, wanted)
  if (!ok) return { kind: 'stale' }
  const { channel, thread } = intent
  return { kind: 'posted', shown: { channel, ts, ...(thread === undefined ? {} : { thread }) } }
}

/** Brings a posted card up to date. Repeating it is harmless. */
export async function edit(parts: DeliveryParts, card: Waiting, shown: Stored<SentIn<'shown'>>): Promise<Delivered> {
  const { store, chat, turn } = parts
  const wanted = await store.get(cardsWanted, card.id)
  if (wanted === undefined) return { kind: 'nothing' }
  if (!turn.mine()) return { kind: 'stale' }
  const { channel, ts, generation, forgetAt: _, ...rest } = shown.value
  await chat.edit({ channel, ts, message: wanted.value.message, tag: tagOf(card.id, generation) })
  const value: Sent = {
    ...rest,
    channel,
    ts,
    generation,
    revision: wanted.value.revision,
    ...(wanted.value.forgetAt === undefined ? {} : { forgetAt: wanted.value.forgetAt }),
  }
  const ok = await commitAndClear(store, put(cardsSent, { id: card.id, value, expect: shown.version }), wanted)
  return ok ? { kind: 'edited' } : { kind: 'stale' }
}

/** Puts away what needs no sending. */
export async function settle({ store }: DeliveryParts, card: Waiting): Promise<Delivered> {
  const wanted = await store.get(cardsWanted, card.id)
  const shown = card.sent?.value
  if (wanted === undefined || shown === undefined) return { kind: 'nothing' }
  if (shown.state === 'shown' && wanted.value.revision > shown.revision) return { kind: 'stale' }
  const done = await store.commit([remove(cardsWanted, card.id, wanted.version)])
  return { kind: done.ok ? 'nothing' : 'stale' }
}

/** Writes down that the card is surely not in its channel and when to try again. */
export async function recordAbsent(
  { store }: DeliveryParts,
  card: Waiting,
  absence: { readonly reason: string; readonly tries: number; readonly retryAt: number; readonly generation: number },
): Promise<void> {
  const value: Sent = { state: 'absent', ...placeOf(card.wanted, card.thread), ...absence }
  await store.commit([put(cardsSent, { id: card.id, value, expect: card.sent?.version ?? 'absent' })])
}

/** Deleted again after it was posted anew: somebody does not want it there. */
export async function recordGone({ store }: DeliveryParts, id: string, shown: Stored<SentIn<'shown'>>): Promise<void> {
  const { revision: _, ...kept } = shown.value
  await store.commit([put(cardsSent, { id, value: { ...kept, state: 'gone' }, expect: shown.version })])
}

/** Stores what was sent and takes the wish off the list, unless the owner wished for something newer meanwhile. */
async function commitAndClear(store: Store, sent: Change, wanted: Stored<Wanted> | undefined): Promise<boolean> {
  if (wanted !== undefined) {
    const both = await store.commit([sent, remove(cardsWanted, sent.id, wanted.version)])
    if (both.ok) return true
    if (both.collection !== cardsWanted.name) return false
  }
  const one = await store.commit([sent])
  return one.ok
}
