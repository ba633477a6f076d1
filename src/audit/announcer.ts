import { z } from 'zod'
import type { ChannelId } from '../chat/identity.ts'
import type { Clock } from '../time/clock.ts'
import { createRoutine } from '../time/routine.ts'
import type { Change, Collection, Store, Stored } from '../store/store.ts'
import { put, remove } from '../store/store.ts'
import type { Turn } from '../store/turn.ts'
import type { AuditHead } from './audit.ts'
import { gather } from './gathering.ts'
import type { AuditRecord, FollowedTrail } from './record.ts'

/** How far a channel has been told: everything up to `seq` stands in a post or asks for none. */
const Told = z.object({
  seq: z.number(),
  byte: z.number(),
  /** Of the record `seq`; absent where nothing was told yet. */
  hash: z.string().exactOptional(),
  /** The last head that was posted, and when (epoch ms). */
  head: z.object({ count: z.number(), at: z.number() }),
  /** The last post. */
  card: z.string().exactOptional(),
})
type Told = z.infer<typeof Told>

const told: Collection<Told> = { name: 'audit-told', parse: (raw) => Told.parse(raw) }

export interface AnnouncerParts {
  readonly trail: FollowedTrail
  readonly store: Store
  readonly clock: Clock
  readonly turn: Turn
  readonly channels: readonly ChannelId[]
  /** Brings news to a channel; goes into the commit that moves its mark. */
  readonly post: (news: AuditNews) => readonly Change[]
  /** Whether that post still waits for its channel. */
  readonly waits: (card: string) => Promise<boolean>
  /** Called whenever some post may have arrived. */
  readonly onMoved: (listener: () => void) => () => void
  readonly report: (error: unknown, about: string) => void
}

export interface AuditNews {
  readonly card: string
  readonly channel: ChannelId
  /** Never both empty and without a head. */
  readonly records: readonly AuditRecord[]
  readonly head: AuditHead | undefined
  readonly at: number
}

export interface Announcer {
  /** Fixes where channels begin that are told for the first time: what is recorded from now on is news to them. */
  begin(): Promise<void>
  start(): void
  /** There may be news. */
  look(): void
  /** Tells what is left, with the head, gives the chat a moment to take it, and ends. */
  stop(): Promise<void>
}

/** Between a record and its post: what happens together is told together. */
const gatherMs = 700
/** Records of other replicas are noticed after this. */
const pollMs = 5_000
const headEveryMs = 3_600_000
const headEvery = 500
const lastWordMs = 3_000

/**
 * Tells the audit channels what is recorded, each record in exactly one post: the post and the mark behind its last record are one commit. While
 * a post waits for its channel, news gather on the trail and go together into the next one.
 */
export function createAnnouncer(parts: AnnouncerParts): Announcer {
  const { trail, store, clock, turn, channels, report } = parts
  const ends: (() => void)[] = []
  let stopped = true

  async function begin(): Promise<void> {
    const known = await store.list(told, { limit: 1_000 })
    const gone = known.filter(({ id }) => !channels.some((channel) => channel === id))
    if (gone.length > 0) await store.commit(gone.map(({ id, version }) => remove(told, id, version)))
    for (const id of channels) {
      if (known.some((one) => one.id === id)) continue
      const value = { ...(await trail.end()), head: { count: 0, at: 0 } }
      await store.commit([put(told, { id, value, expect: 'absent' })])
    }
  }

  /** One post at most; true where there is more to tell. */
  async function tell(channel: ChannelId, mark: Stored<Told>, headDue: 'due' | 'last'): Promise<boolean> {
    const { value } = mark
    const found = await gather(trail, value)
    const seq = found.place.seq
    const hash = found.hash ?? value.hash
    const unseen = seq - value.head.count
    const now = clock.now()
    const wanted = unseen > 0 && (headDue === 'last' || unseen >= headEvery || now - value.head.at >= headEveryMs)
    const head = wanted && hash !== undefined ? { count: seq, hash } : undefined
    if (found.records.length === 0 && head === undefined) return false
    const card = `audit/${channel}/${seq}`
    const next: Told = {
      ...found.place,
      ...(hash === undefined ? {} : { hash }),
      head: head ? { count: seq, at: now } : value.head,
      card,
    }
    const changes = [
      put(told, { id: channel, value: next, expect: mark.version }),
      ...parts.post({ card, channel, records: found.records, head, at: now }),
      ...turn.guard(),
    ]
    const { ok } = await store.commit(changes)
    return ok && found.more
  }

  async function tellAll(): Promise<void> {
    if (!turn.mine()) return
    for (const channel of channels) {
      const mark = await store.get(told, channel)
      if (!mark || (mark.value.card !== undefined && (await parts.waits(mark.value.card)))) continue
      await tell(channel, mark, 'due')
    }
  }

  async function lastWord(channel: ChannelId): Promise<string | undefined> {
    for (let more = true; more;) {
      const mark = await store.get(told, channel)
      if (!mark) return undefined
      more = await tell(channel, mark, 'last')
    }
    return (await store.get(told, channel))?.value.card
  }

  const routine = createRoutine({
    clock,
    round: async () => {
      await tellAll()
      return pollMs
    },
    onFault: (error) => report(error, 'audit posts'),
    restAfterFaultMs: pollMs,
  })
  const look = (): void => {
    if (!stopped) routine.wake(gatherMs)
  }

  /** Until none of these waits any more, or the moment is over. */
  function taken(cards: readonly string[]): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        for (const end of listening) end()
        resolve()
      }
      const ask = (): void => {
        Promise.all(cards.map((card) => parts.waits(card)))
          .then((waiting) => waiting.every((one) => !one) && settle())
          .catch(settle)
      }
      const listening = [parts.onMoved(ask), clock.after(lastWordMs, settle)]
      ask()
    })
  }

  return {
    begin,
    start: () => {
      if (!stopped || channels.length === 0) return
      stopped = false
      ends.push(parts.onMoved(look), turn.onChange(look))
      look()
    },
    look,
    stop: async () => {
      if (stopped) return
      stopped = true
      for (const end of ends.splice(0)) end()
      await routine.stop()
      if (!turn.mine()) return
      try {
        const cards = await Promise.all(channels.map(lastWord))
        await taken(cards.filter((card) => card !== undefined))
      } catch (error) {
        report(error, 'audit posts')
      }
    },
  }
}
