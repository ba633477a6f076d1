import { createRoutine } from '../../time/routine.ts'
import { ChannelId } from '../identity.ts'
import { Stale, bringDigest, isRunning, readDigest } from './channel-digest.ts'
import type { ChannelDigestParts, KnownDigest } from './channel-digest.ts'
import { digests, foldable } from './digest.ts'
import type { Waiting } from './waiting.ts'

export interface Digests {
  /** Something waits or waits no more. */
  look(): void
  /** Another process may have written meanwhile. */
  forget(): void
  stop(): Promise<void>
}

export interface DigestsParts extends ChannelDigestParts {
  readonly waiting: () => Iterable<Waiting>
  readonly report: (error: unknown, about: string) => void
}

const lookEveryMs = 1_000

/**
 * Shows what waits for a crowded channel in one card there. It is a view: whether and when a card gets its own message is decided without it.
 * Brought by the process that has the turn; a channel where that fails keeps no other back.
 */
export function createDigests(parts: DigestsParts): Digests {
  const { store, clock, turn, report } = parts
  const found = new Map<ChannelId, KnownDigest>()
  /** What the store says of these has to be read again. */
  const doubtful = new Set<ChannelId>()
  let known = false

  async function load(): Promise<void> {
    found.clear()
    doubtful.clear()
    for (const stored of await store.list(digests, { limit: 1_000 }))
      found.set(ChannelId.parse(stored.id), readDigest(stored))
    known = true
  }

  async function digestOf(channel: ChannelId): Promise<KnownDigest | undefined> {
    if (doubtful.has(channel)) {
      const stored = await store.get(digests, channel)
      if (stored) found.set(channel, readDigest(stored))
      else found.delete(channel)
      doubtful.delete(channel)
    }
    return found.get(channel)
  }

  /** Answers whether some channel has to be looked at again. */
  async function bringAll(): Promise<boolean> {
    if (!known) await load()
    const waiting = foldable(parts.waiting())
    const running = [...found].flatMap(([channel, digest]) => (isRunning(digest) ? [channel] : []))
    const faults: unknown[] = []
    for (const channel of new Set([...waiting.keys(), ...running, ...doubtful])) {
      if (!turn.mine()) break
      try {
        const last = await digestOf(channel)
        const brought = await bringDigest(parts, { channel, folded: waiting.get(channel) ?? [], last })
        if (brought !== undefined) found.set(channel, brought)
      } catch (error) {
        doubtful.add(channel)
        if (!(error instanceof Stale)) faults.push(error)
      }
    }
    // With the store away that is the same for all of them.
    for (const fault of faults.slice(0, 1)) report(fault, 'digest')
    return doubtful.size > 0
  }

  const routine = createRoutine({
    clock,
    round: async () => ((await bringAll()) ? lookEveryMs : undefined),
    onFault: (error) => report(error, 'digest'),
    restAfterFaultMs: lookEveryMs,
    leastRestMs: () => lookEveryMs,
  })

  return {
    look: () => {
      if (turn.mine()) routine.wake()
    },
    forget: () => {
      known = false
    },
    stop: () => routine.stop(),
  }
}
