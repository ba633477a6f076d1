import { leaseRecords } from '../../store/leases.ts'
import { check, put, remove } from '../../store/store.ts'
import type { Change, Store, Stored } from '../../store/store.ts'
import type { Clock } from '../../time/clock.ts'
import type { Turn } from '../../store/turn.ts'
import type { ChannelId } from '../identity.ts'
import type { Message } from '../message.ts'
import { cardsSent, cardsWanted, showCard } from './card.ts'
import { countsOf, digests, fitting, headOf, headRoom, pageOf, pageRoom } from './digest.ts'
import type { Digest, DigestCards, Folded } from './digest.ts'
import { createDigestPages } from './digest-pages.ts'
import type { DigestPages } from './digest-pages.ts'

/** The digest of one channel, as far as this process knows. */
export interface KnownDigest {
  readonly stored: Stored<Digest>
  readonly pages: DigestPages
  /** What its head says; undefined: another process has written that. */
  readonly said: string | undefined
}

export interface ChannelDigestParts {
  readonly store: Store
  readonly clock: Clock
  readonly turn: Turn
  readonly cards: DigestCards
  /** How long one message of a channel keeps the next one waiting. */
  readonly postEveryMs: number
  /** Until when the chat told us to wait there (epoch ms). */
  readonly heldUntil: (channel: string) => number
}

/** Somebody else wrote: look again. */
export class Stale extends Error {}

/** A channel's cards are folded when the last of them would wait this long. */
const patienceMs = 5_000
const dayMs = 86_400_000
const guardTries = 3
const rooms = { head: headRoom, page: pageRoom }

export const isRunning = ({ stored }: KnownDigest): boolean => stored.value.endedAt === undefined

/** As an earlier process has left it. */
export const readDigest = (stored: Stored<Digest>): KnownDigest => ({
  stored,
  pages: createDigestPages(rooms, stored.value.pages),
  said: undefined,
})

/** What there is to bring: who waits in the channel, worst first, and the digest that it had last. */
interface Crowd {
  readonly channel: ChannelId
  readonly folded: readonly Folded[]
  readonly last: KnownDigest | undefined
}

/**
 * Brings the digest of a channel up to what waits there, in one commit of its state and its cards. Answers what is known of it then;
 * undefined: there is none and none is called for. Throws `Stale`.
 */
export async function bringDigest(parts: ChannelDigestParts, crowd: Crowd): Promise<KnownDigest | undefined> {
  const { store, clock } = parts
  const { channel, folded, last } = crowd
  const from = last !== undefined && isRunning(last) ? last : begun(parts, crowd)
  if (from === undefined) return last
  const { openedAt, revision: before } = from.stored.value
  await lookAtPost(store, from)
  const now = clock.now()
  const oldest = folded.length === 0 ? undefined : Math.min(...folded.map(({ at }) => at))
  const sheets = from.pages.turn(folded, { now, revision: before + 1 })
  const value: Digest = {
    openedAt,
    pages: from.pages.count(),
    revision: before + 1,
    longestMs: Math.max(from.stored.value.longestMs, oldest === undefined ? 0 : now - oldest),
    ...(folded.length === 0 ? { endedAt: now } : {}),
  }
  const head = parts.cards.head({
    channel,
    state: folded.length === 0 ? 'over' : 'open',
    openedAt,
    oldest,
    longestMs: value.longestMs,
    waiting: folded.length,
    counts: countsOf(folded),
    lines: headLines(folded, from.pages.onHead()),
    pages: value.pages,
  })
  const said = JSON.stringify(head)
  if (said === from.said && sheets.length === 0 && value.endedAt === undefined) return from
  const changes: Change[] = [
    put(digests, { id: channel, value, expect: from.stored.version === 0 ? 'absent' : from.stored.version }),
  ]
  const show = async (message: Message, page: number): Promise<void> => {
    changes.push(...(await shown(store, { message, page, channel }, value)))
  }
  await show(head, 0)
  for (const { page, lines } of sheets)
    if (page > 0) await show(parts.cards.page({ channel, state: 'open', page, lines }), page)
  if (value.endedAt !== undefined) {
    const over = parts.cards.page({ channel, state: 'over', page: 0, lines: [] })
    for (let page = 1; page <= value.pages; page += 1) await show(over, page)
  }
  await commit(parts, changes)
  return { stored: { id: channel, version: from.stored.version + 1, value }, pages: from.pages, said }
}

/** A new one, below the last where people read: one that is over stays so. */
function begun(parts: ChannelDigestParts, { channel, folded, last }: Crowd): KnownDigest | undefined {
  if (!isCrowded(parts, channel, folded)) return undefined
  const value: Digest = { openedAt: parts.clock.now(), pages: 0, revision: 0, longestMs: 0 }
  const stored = { id: channel, version: last?.stored.version ?? 0, value }
  return { stored, pages: createDigestPages(rooms, undefined), said: undefined }
}

function isCrowded(
  { clock, heldUntil, postEveryMs }: ChannelDigestParts,
  channel: ChannelId,
  folded: readonly Folded[],
): boolean {
  const held = heldUntil(channel) > clock.now() + postEveryMs
  return folded.length > 1 && (held || folded.length * postEveryMs > patienceMs)
}

/** A turn that is renewed while a commit is on its way refuses it once; the next one carries the renewed lease. */
async function commit({ store, turn }: ChannelDigestParts, changes: readonly Change[]): Promise<void> {
  for (let tries = 1; turn.mine(); tries += 1) {
    const result = await store.commit([...changes, ...turn.guard()])
    if (result.ok) return
    if (result.collection !== leaseRecords.name || tries >= guardTries) break
  }
  throw new Stale()
}

async function lookAtPost(store: Store, { stored, pages }: KnownDigest): Promise<void> {
  const page = pages.open()
  if (page === undefined) return
  const sent = await store.get(cardsSent, pageOf(stored.id, stored.value.openedAt, page))
  if (sent?.value.state === 'shown' || sent?.value.state === 'posting') pages.posted(page, sent.value.revision)
  else if (sent?.value.state === 'gone') pages.posted(page, stored.value.revision)
}

/** What is over before it was posted is not posted. */
async function shown(
  store: Store,
  card: { readonly message: Message; readonly page: number; readonly channel: ChannelId },
  { openedAt, revision, endedAt }: Digest,
): Promise<readonly Change[]> {
  const { message, page, channel } = card
  const id = pageOf(channel, openedAt, page)
  if (endedAt !== undefined) {
    const sent = await store.get(cardsSent, id)
    if (sent === undefined) return [remove(cardsWanted, id, 'any'), check(cardsSent, id, 'absent')]
    if (sent.value.state === 'absent') return [remove(cardsWanted, id, 'any'), remove(cardsSent, id, sent.version)]
  }
  return showCard({
    id,
    to: page === 0 ? { channel } : { channel, under: headOf(channel, openedAt) },
    message,
    lane: 'alert',
    // Edits are few: only its head says at once that it is over.
    stage: endedAt === undefined || page > 0 ? 'progress' : 'final',
    revision,
    at: openedAt + page,
    ...(endedAt === undefined ? {} : { forgetAt: endedAt + dayMs }),
  })
}

/** Whoever stands on the head stays there while they wait; in what room is left stand the worst of the others. */
function headLines(folded: readonly Folded[], onHead: ReadonlySet<string>): readonly string[] {
  const own = folded.filter(({ id }) => onHead.has(id))
  const others = folded.filter(({ id }) => !onHead.has(id))
  const shown = new Set(fitting([...own, ...others], headRoom))
  return folded.filter((one) => shown.has(one)).map(({ line }) => line)
}
