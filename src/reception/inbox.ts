import { z } from 'zod'
import { ChannelId, MessageTs, TeamId, UserId } from '../chat/identity.ts'
import type { Incoming } from '../chat/incoming.ts'
import type { Clock } from '../time/clock.ts'
import type { Change, Collection, Store, Stored } from '../store/store.ts'
import { check, put, remove } from '../store/store.ts'
import type { Presence } from '../store/presence.ts'
import type { Turn } from '../store/turn.ts'
import { createRoutine } from '../time/routine.ts'
import { createGathering } from './gathering.ts'

const arrival = { key: z.string(), person: z.object({ team: TeamId, user: UserId }), at: z.number() }
const place = z.object({
  channel: ChannelId,
  thread: MessageTs.exactOptional(),
  kind: z.enum(['channel', 'direct', 'shared']),
})
const reply = z.object({ url: z.string() })

const StoredIncoming = z.discriminatedUnion('kind', [
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
type Received = z.infer<typeof Received>

const received: Collection<Received> = {
  name: 'received',
  parse: (raw) => Received.parse(raw),
  keys: ({ open }) => (open ? ['open'] : []),
  due: ({ until }) => until,
}

/** Keys of payloads taken. Slack repeats a payload within five minutes, a delayed event within an hour. */
const keptMs = 7_200_000
const lookEveryMs = 2_000
/** That an order was answered is written down with others; a crash before that has it answered once more, as one before the answer would. */
const finishTogetherMs = 50
const mostTogether = 100
const helping = 1_000

/** What arrives from the chat, on disk before it is acknowledged, so that a crash loses none of it and nothing is handled twice. */
export interface Inbox {
  /** False: it was taken before, here or on another replica. Throws when it cannot be stored. */
  keep(incoming: Incoming): Promise<boolean>
  /** It has its answer, which is written down soon. Never throws. */
  finish(key: string): Promise<void>
  /** Goes into a commit that only the process handling it may make. */
  proof(key: string): readonly Change[]
  /** Another process had begun with it. */
  isAgain(key: string): boolean
  /** From now on what dead processes left open is handed out again. */
  start(again: (incoming: Incoming) => Promise<unknown>): void
  stop(): Promise<void>
}

export function createInbox(parts: {
  readonly store: Store
  readonly clock: Clock
  readonly turn: Turn
  readonly presence: Presence
  readonly report: (error: unknown, about: string) => void
}): Inbox {
  const { store, clock, turn, presence, report } = parts
  /** Versions of those that this process handles. */
  const own = new Map<string, number>()
  const again = new Set<string>()
  let stopped = true
  let handOut: (incoming: Incoming) => Promise<unknown> = () => Promise.resolve()

  /** Of one that is open: whether it is this process's turn to answer it. */
  async function claim({ id, version, value }: Stored<Received>): Promise<Incoming | undefined> {
    if (!value.open || own.has(id)) return undefined
    const { incoming, by } = value.open
    // Answered here, which could not be written down then.
    if (by === presence.id) {
      await store.commit([put(received, { id, value: { until: value.until }, expect: version })])
      return undefined
    }
    if (await presence.isAlive(by)) return undefined
    own.set(id, version + 1)
    const claimed = { until: value.until, open: { incoming, by: presence.id } }
    const { ok } = await store.commit([put(received, { id, value: claimed, expect: version })])
    if (!ok) own.delete(id)
    return ok ? incoming : undefined
  }

  async function takeOver(): Promise<void> {
    if (!turn.mine()) return
    for (const stored of await store.list(received, { key: 'open', limit: helping })) {
      if (stopped) return
      const incoming = await claim(stored)
      if (!incoming) continue
      again.add(incoming.key)
      handOut(incoming).catch((error: unknown) => report(error, incoming.key))
    }
  }

  const routine = createRoutine({
    clock,
    round: async () => {
      await takeOver()
      return lookEveryMs
    },
    onFault: (error) => report(error, 'inbox'),
    restAfterFaultMs: lookEveryMs,
  })

  const answered = createGathering<string>({
    clock,
    waitMs: finishTogetherMs,
    most: mostTogether,
    handOn: async (keys) => {
      try {
        const closed = await closing(keys)
        const { ok } = await store.commit(closed)
        // One of them is another process's by now: that one alone stays as it is.
        if (!ok && closed.length > 1) for (const change of closed) await store.commit([change])
      } catch (error) {
        report(error, keys.join(', '))
      }
      for (const key of keys) {
        own.delete(key)
        again.delete(key)
      }
    },
  })

  async function closing(keys: readonly string[]): Promise<readonly Change[]> {
    const until = (await store.now()) + keptMs
    return keys.flatMap((key) => {
      const version = own.get(key)
      return version === undefined ? [] : [put(received, { id: key, value: { until }, expect: version })]
    })
  }

  return {
    keep: async (incoming) => {
      const { key } = incoming
      if (own.has(key)) return false
      own.set(key, 1)
      let kept = false
      try {
        const until = (await store.now()) + keptMs
        const value = { until, open: { incoming: StoredIncoming.parse(incoming), by: presence.id } }
        kept = (await store.commit([put(received, { id: key, value, expect: 'absent' })])).ok
      } finally {
        if (!kept) own.delete(key)
      }
      return kept
    },
    finish: async (key) => {
      if (own.has(key)) await answered.add(key)
    },
    proof: (key) => {
      const version = own.get(key)
      return version === undefined ? [] : [check(received, key, version)]
    },
    isAgain: (key) => again.has(key),
    start: (again) => {
      stopped = false
      handOut = again
      routine.wake()
    },
    stop: async () => {
      stopped = true
      await routine.stop()
      await answered.close()
    },
  }
}

/** Forgets keys whose day is over, a bounded number at a time. Returns how many. */
export async function forgetReceived(store: Store): Promise<number> {
  const old = await store.due(received, { at: await store.now(), limit: 1_000 })
  if (old.length > 0) await store.commit(old.map(({ id }) => remove(received, id, 'any')))
  return old.length
}
