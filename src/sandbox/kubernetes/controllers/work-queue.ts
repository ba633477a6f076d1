import type { Clock } from '../../../clock.ts'

export interface WorkQueue {
  add(key: string): void
  /** Once more after `ms`; the earliest wish of a key counts. */
  addAfter(key: string, ms: number): void
  stop(): void
}

/** Keys to reconcile, each at most once a turn. Sets a timer only when there is something to do. */
export function createWorkQueue(clock: Clock, reconcile: (key: string) => void): WorkQueue {
  const ready = new Set<string>()
  const later = new Map<string, { readonly at: number; readonly cancel: () => void }>()
  let cancelTurn: (() => void) | undefined
  let stopped = false

  const turn = () => {
    cancelTurn = undefined
    const keys = [...ready]
    ready.clear()
    for (const key of keys) if (!stopped) reconcile(key)
  }
  const add = (key: string) => {
    if (stopped) return
    ready.add(key)
    cancelTurn ??= clock.after(0, turn)
  }

  return {
    add,
    addAfter: (key, ms) => {
      if (stopped) return
      const at = clock.now() + ms
      const present = later.get(key)
      if (present !== undefined && present.at <= at) return
      present?.cancel()
      const cancel = clock.after(ms, () => {
        later.delete(key)
        add(key)
      })
      later.set(key, { at, cancel })
    },
    stop: () => {
      stopped = true
      cancelTurn?.()
      for (const { cancel } of later.values()) cancel()
      later.clear()
      ready.clear()
    },
  }
}
