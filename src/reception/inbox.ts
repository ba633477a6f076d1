import { z } from 'zod'
import { ChannelId, MessageTs, TeamId, UserId } from '../chat/identity.ts'
import type { Incoming } from '../chat/incoming.ts'
import type { Clock } from '../clock.ts'
import type { Change, Collection, Store } from '../store/store.ts'
import { check, put, remove } from '../store/store.ts'
import type { Turn } from '../store/turn.ts'

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
  /** What arrived, until it is answered; `since`: when the process that answers it took it. */
  open: z.object({ incoming: StoredIncoming, since: z.number() }).exactOptional(),
})
type Received = z.infer<typeof Received>

const received: Collection<Received> = {
  name: 'received',
  parse: (raw) => Received.parse(raw),
  keys: ({ open }) => (open ? ['open'] : []),
  due: ({ until }) => until,
}

/** Keys of payloads taken. The chat repeats a payload within minutes, if at all; a day is ample. */
const keptMs = 86_400_000
const lookEveryMs = 5_000
const helping = 100

/** What arrives from the chat, on disk before it is acknowledged, so that a crash loses none of it and nothing is handled twice. */
export interface Inbox {
  /** False: it was taken before, here or on another replica. Throws when it cannot be stored. */
  keep(incoming: Incoming): Promise<boolean>
  /** It has its answer. Never throws. */
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
  /** How long another process may take before it is taken for dead; 0 where there is no other. */
  readonly patienceMs: number
  readonly report: (error: unknown, about: string) => void
}): Inbox {
  const { store, clock, turn, patienceMs, report } = parts
  /** Versions of those that this process handles. */
  const own = new Map<string, number>()
  const again = new Set<string>()
  let stopped = true
  let working: Promise<void> = Promise.resolve()
  let cancel = (): void => {}

  async function takeOver(handOut: (incoming: Incoming) => Promise<unknown>): Promise<void> {
    if (!turn.mine()) return
    const now = await store.now()
    for (const { id, version, value } of await store.list(received, { key: 'open', limit: helping })) {
      if (stopped || own.has(id) || !value.open || value.open.since > now - patienceMs) continue
      const { incoming } = value.open
      const claimed = { ...value, open: { incoming, since: now } }
      const { ok } = await store.commit([put(received, { id, value: claimed, expect: version })])
      if (!ok) continue
      own.set(id, version + 1)
      again.add(id)
      handOut(incoming).catch((error: unknown) => report(error, id))
    }
  }

  return {
    keep: async (incoming) => {
      const { key } = incoming
      if (own.has(key)) return false
      const now = await store.now()
      const value = { until: now + keptMs, open: { incoming: StoredIncoming.parse(incoming), since: now } }
      own.set(key, 1)
      const { ok } = await store
        .commit([put(received, { id: key, value, expect: 'absent' })])
        .catch((error: unknown) => {
          own.delete(key)
          throw error
        })
      if (!ok) own.delete(key)
      return ok
    },
    finish: async (key) => {
      const version = own.get(key)
      if (version === undefined) return
      try {
        await store.commit([
          put(received, { id: key, value: { until: (await store.now()) + keptMs }, expect: version }),
        ])
      } catch (error) {
        report(error, key)
      }
      own.delete(key)
      again.delete(key)
    },
    proof: (key) => {
      const version = own.get(key)
      return version === undefined ? [] : [check(received, key, version)]
    },
    isAgain: (key) => again.has(key),
    start: (handOut) => {
      stopped = false
      const look = (): void => {
        working = takeOver(handOut)
          .catch((error: unknown) => report(error, 'inbox'))
          .then(() => {
            if (!stopped) cancel = clock.after(lookEveryMs, look)
          })
      }
      look()
    },
    stop: async () => {
      stopped = true
      cancel()
      await working
      cancel()
    },
  }
}

/** Forgets keys whose day is over, a bounded number at a time. Returns how many. */
export async function forgetReceived(store: Store): Promise<number> {
  const old = await store.due(received, { at: await store.now(), limit: 1_000 })
  if (old.length > 0) await store.commit(old.map(({ id }) => remove(received, id, 'any')))
  return old.length
}
