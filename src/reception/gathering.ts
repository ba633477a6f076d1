import type { Clock } from '../time/clock.ts'

/** Collects what needs no hurry, and hands it on together. */
export interface Gathering<Item> {
  /** Resolves at once; after `close`, only when it was handed on. */
  add(item: Item): Promise<void>
  /** Hands on what waits. From then on nothing waits any more. */
  close(): Promise<void>
}

export function createGathering<Item>(parts: {
  readonly clock: Clock
  /** How long the first of them waits at most. */
  readonly waitMs: number
  /** So many do not wait. */
  readonly most: number
  /** Must not throw. */
  readonly handOn: (items: readonly Item[]) => Promise<void>
}): Gathering<Item> {
  const { clock, waitMs, most, handOn } = parts
  let waiting: Item[] = []
  let closed = false
  let cancel = (): void => {}
  let working: Promise<void> = Promise.resolve()

  function flush(): Promise<void> {
    cancel()
    const items = waiting
    waiting = []
    if (items.length > 0) working = Promise.all([working, handOn(items)]).then(() => undefined)
    return working
  }

  return {
    add: async (item) => {
      waiting.push(item)
      if (closed) return flush()
      if (waiting.length >= most) void flush()
      else if (waiting.length === 1) cancel = clock.after(waitMs, () => void flush())
    },
    close: () => {
      closed = true
      return flush()
    },
  }
}
