import type { Clock } from '../../time/clock.ts'
import { createRoutine } from '../../time/routine.ts'
import { leaseRecords } from '../../store/leases.ts'
import { check, put, remove } from '../../store/store.ts'
import type { Change, Store, Stored } from '../../store/store.ts'
import type { Turn } from '../../store/turn.ts'
import { ChannelId } from '../identity.ts'
import type { Message } from '../message.ts'
import { cardsSent, cardsWanted, showCard } from './card.ts'
import { countsOf, digests, fitting, foldable, headOf, headRoom, pageOf, pageRoom } from './digest.ts'
import type { Digest, DigestCards, Folded } from './digest.ts'
import { createDigestPages } from './digest-pages.ts'
import type { DigestPages } from './digest-pages.ts'
import type { Waiting } from './waiting.ts'

export interface Digests {
  /** Something waits or waits no more. */
  look(): void
  /** Another process may have written meanwhile. */
  forget(): void
  stop(): Promise<void>
}

export interface DigestsParts {
  readonly store: Store
  readonly clock: Clock
  readonly turn: Turn
  readonly cards: DigestCards
  readonly waiting: () => Iterable<Waiting>
  /** How long one message of a channel keeps the next one waiting. */
  readonly postEveryMs: number
  /** Until when the chat told us to wait there (epoch ms). */
  readonly heldUntil: (channel: string) => number
  readonly report: (error: unknown, about: string) => void
}

/** A channel's cards are folded when the last of them would wait this long. */
const patienceMs = 5_000
const lookEveryMs = 1_000
const dayMs = 86_400_000
const guardTries = 3

interface Open {
  readonly stored: Stored<Digest>
  readonly pages: DigestPages
  /** What the head says, as far as this process knows. */
  readonly said: string | undefined
}

/**
 * Shows what waits for a crowded channel in one card there. It is a view: whether and when a card gets its own message is decided without it.
 * Every step is one commit of its state and its cards, by the process that has the turn.
 */
export function createDigests(parts: DigestsParts): Digests {
  const { store, clock, turn, report } = parts
  const open = new Map<ChannelId, Open>()
  let known = false
  let lookedAt = 0

  async function load(): Promise<void> {
    open.clear()
    for (const stored of await store.list(digests, { limit: 1_000 })) open.set(channelOf(stored), fresh(stored))
    known = true
  }

  function isCrowded(channel: ChannelId, folded: readonly Folded[]): boolean {
    const held = parts.heldUntil(channel) > clock.now() + parts.postEveryMs
    return folded.length > 1 && (held || folded.length * parts.postEveryMs > patienceMs)
  }

  /** The state to go on from; undefined: there is none and none is called for. */
  function begun(channel: ChannelId, folded: readonly Folded[]): Open | undefined {
    const last = open.get(channel)
    if (last !== undefined && last.stored.value.endedAt === undefined) return last
    if (!isCrowded(channel, folded)) return undefined
    // One below the other, where people read: a digest that is over stays so.
    const now = clock.now()
    const value: Digest = { openedAt: now, pages: 0, revision: 0, longestMs: 0 }
    const stored = { id: channel, version: last?.stored.version ?? 0, value }
    return { stored, pages: createDigestPages(rooms, undefined), said: undefined }
  }

  async function bring(channel: ChannelId, folded: readonly Folded[]): Promise<void> {
    const from = begun(channel, folded)
    if (from === undefined) return
    const { openedAt, revision: before } = from.stored.value
    await lookAtPost(from)
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
    if (said === from.said && sheets.length === 0 && value.endedAt === undefined) return
    const changes: Change[] = [
      put(digests, { id: channel, value, expect: from.stored.version === 0 ? 'absent' : from.stored.version }),
    ]
    const show = async (message: Message, page: number): Promise<void> => {
      changes.push(...(await shown({ message, page, channel }, value)))
    }
    await show(head, 0)
    for (const { page, lines } of sheets)
      if (page > 0) await show(parts.cards.page({ channel, state: 'open', page, lines }), page)
    if (value.endedAt !== undefined) {
      const over = parts.cards.page({ channel, state: 'over', page: 0, lines: [] })
      for (let page = 1; page <= value.pages; page += 1) await show(over, page)
    }
    await commit(changes)
    const stored = { id: channel, version: from.stored.version + 1, value }
    open.set(channel, { stored, pages: from.pages, said })
  }

  /** A turn that is renewed while a commit is on its way refuses it once; the next one carries the renewed lease. */
  async function commit(changes: readonly Change[]): Promise<void> {
    for (let tries = 1; turn.mine(); tries += 1) {
      const result = await store.commit([...changes, ...turn.guard()])
      if (result.ok) return
      if (result.collection !== leaseRecords.name || tries >= guardTries) break
    }
    throw new Stale()
  }

  async function lookAtPost({ stored, pages }: Open): Promise<void> {
    const page = pages.open()
    if (page === undefined) return
    const sent = await store.get(cardsSent, pageOf(stored.id, stored.value.openedAt, page))
    if (sent?.value.state === 'shown' || sent?.value.state === 'posting') pages.posted(page, sent.value.revision)
    else if (sent?.value.state === 'gone') pages.posted(page, stored.value.revision)
  }

  /** What is over before it was posted is not posted. */
  async function shown(
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

  async function bringAll(): Promise<void> {
    if (!known) await load()
    const waiting = foldable(parts.waiting())
    const running = [...open].flatMap(([channel, { stored }]) => (stored.value.endedAt === undefined ? [channel] : []))
    for (const channel of new Set([...waiting.keys(), ...running])) {
      if (!turn.mine()) return
      await bring(channel, waiting.get(channel) ?? [])
    }
  }

  const routine = createRoutine({
    clock,
    round: async () => {
      lookedAt = clock.now()
      try {
        await bringAll()
      } catch (error) {
        known = false
        if (!(error instanceof Stale)) throw error
        return lookEveryMs
      }
      return undefined
    },
    onFault: (error) => report(error, 'digest'),
    restAfterFaultMs: lookEveryMs,
  })

  return {
    look: () => {
      const restMs = lookedAt + lookEveryMs - clock.now()
      // Where the clock was set back the rest is over as well.
      if (turn.mine()) routine.wake(restMs > 0 && restMs <= lookEveryMs ? restMs : 0)
    },
    forget: () => {
      known = false
    },
    stop: () => routine.stop(),
  }
}

/** Somebody else wrote: look again. */
class Stale extends Error {}

const channelOf = ({ id }: Stored<Digest>): ChannelId => ChannelId.parse(id)

/** Whoever stands on the head stays there while they wait; in what room is left stand the worst of the others. */
function headLines(folded: readonly Folded[], onHead: ReadonlySet<string>): readonly string[] {
  const own = folded.filter(({ id }) => onHead.has(id))
  const others = folded.filter(({ id }) => !onHead.has(id))
  const shown = new Set(fitting([...own, ...others], headRoom))
  return folded.filter((one) => shown.has(one)).map(({ line }) => line)
}

const rooms = { head: headRoom, page: pageRoom }

const fresh = (stored: Stored<Digest>): Open => ({
  stored,
  pages: createDigestPages(rooms, stored.value.pages),
  said: undefined,
})
