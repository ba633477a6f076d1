import type { Incoming } from '../chat/incoming.ts'
import type { Clock } from '../time/clock.ts'
import type { Change, Store, Stored } from '../store/store.ts'
import { check, put } from '../store/store.ts'
import type { Presence } from '../store/presence.ts'
import type { Turn } from '../store/turn.ts'
import { createRoutine } from '../time/routine.ts'
import { createGathering } from './gathering.ts'
import { received, StoredIncoming } from './received.ts'
import type { Received } from './received.ts'

/** Keys of payloads taken. Slack repeats a payload within five minutes, a delayed event within an hour. */
const keptMs = 7_200_000
const lookEveryMs = 2_000
/** That an order was answered is written down with others; a crash before that has it answered once more, as one before the answer would. */
const finishTogetherMs = 50
const mostTogether = 100
const helping = 1_000
/** So many keys of which it is not known what was stored; more come only where the store is away for long, and then nothing was. */
const mostDoubtful = 10_000

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
  /** What this process tried to write down without hearing whether it was, until it is looked up. */
  const doubtful = new Map<string, 'kept' | 'claimed' | 'answered'>()
  let stopped = true
  let handOut: (incoming: Incoming) => Promise<unknown> = () => Promise.resolve()

  /** Of one that is open: whether it is this process's turn to answer it. */
  async function claim({ id, version, value }: Stored<Received>): Promise<Incoming | undefined> {
    if (!value.open || own.has(id)) return undefined
    const { incoming, by } = value.open
    if (by === presence.id) {
      if (!doubtful.has(id)) doubtful.set(id, 'kept')
      return undefined
    }
    if (await presence.isAlive(by)) return undefined
    own.set(id, version + 1)
    const claimed = { until: value.until, open: { incoming, by: presence.id } }
    let ok = false
    try {
      ok = (await store.commit([put(received, { id, value: claimed, expect: version })])).ok
    } catch (error) {
      doubtful.set(id, 'claimed')
      throw error
    } finally {
      if (!ok) own.delete(id)
    }
    return ok ? incoming : undefined
  }

  function handOver(incoming: Incoming): void {
    again.add(incoming.key)
    handOut(incoming).catch((error: unknown) => report(error, incoming.key))
  }

  async function takeOver(): Promise<void> {
    if (!turn.mine()) return
    for (const stored of await store.list(received, { key: 'open', limit: helping })) {
      if (stopped) return
      const incoming = await claim(stored)
      if (incoming) handOver(incoming)
    }
  }

  /** Whether or not this process has the turn: nobody else touches what a living one has taken. */
  async function clearUp(): Promise<void> {
    for (const [key, tried] of doubtful) {
      if (stopped) return
      if (own.has(key)) continue
      const stored = await store.get(received, key)
      const open = stored?.value.open
      if (stored && open?.by === presence.id && !own.has(key)) {
        const { incoming } = open
        // Slack tells a person that their command or click failed, and sends a mention again; then it finds that it was kept.
        if (tried === 'claimed' || (tried === 'kept' && incoming.kind === 'mention')) {
          own.set(key, stored.version)
          handOver(incoming)
        } else {
          await store.commit([put(received, { id: key, value: { until: stored.value.until }, expect: stored.version })])
        }
      }
      doubtful.delete(key)
    }
  }

  const routine = createRoutine({
    clock,
    round: async () => {
      await clearUp()
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
        for (const key of keys) doubtful.set(key, 'answered')
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
      } catch (error) {
        if (doubtful.size < mostDoubtful) doubtful.set(key, 'kept')
        throw error
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
    start: (takes) => {
      stopped = false
      handOut = takes
      routine.wake()
    },
    stop: async () => {
      stopped = true
      await routine.stop()
      await answered.close()
    },
  }
}
