import { LRUCache } from 'lru-cache'
import type { Clock } from '../../time/clock.ts'

/** An answer, and the moment at which it was asked for (epoch ms): what changes while the other side answers is not in it. */
export interface Remembered<Value> {
  readonly value: Value
  readonly asOf: number
}

/** Answers that are good for a while. Who asks for one that is on its way waits for the same. Faults are thrown, never remembered. */
export interface Memory<Value> {
  /** No older than `maxAgeMs`. */
  recall(key: string, maxAgeMs: number, ask: () => Promise<Value>): Promise<Remembered<Value>>
  /** What is on its way is good enough for who asked before this, not for who asks later. */
  forget(key: string): void
}

export function createMemory<Value>({ clock, most }: { readonly clock: Clock; readonly most: number }): Memory<Value> {
  const known = new LRUCache<string, Remembered<Value>>({ max: most })
  const asking = new Map<string, { readonly asOf: number; readonly answer: Promise<Remembered<Value>> }>()

  /** What was learned at a moment that is yet to come was learned before the clock was set back, nobody knows how long ago. */
  const isFresh = ({ asOf }: { readonly asOf: number }, maxAgeMs: number): boolean =>
    asOf <= clock.now() && clock.now() - asOf <= maxAgeMs

  return {
    recall: async (key, maxAgeMs, ask) => {
      const last = known.get(key)
      if (last !== undefined && isFresh(last, maxAgeMs)) return last
      const pending = asking.get(key)
      if (pending !== undefined && isFresh(pending, maxAgeMs)) return pending.answer
      const asOf = clock.now()
      const own = { asOf, answer: ask().then((value) => ({ value, asOf })) }
      asking.set(key, own)
      try {
        const found = await own.answer
        if (asking.get(key) === own) known.set(key, found)
        return found
      } finally {
        if (asking.get(key) === own) asking.delete(key)
      }
    },
    forget: (key) => {
      known.delete(key)
      asking.delete(key)
    },
  }
}
