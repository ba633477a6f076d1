import type { Clock } from '../../../time/clock.ts'
import { ApiError } from '../api-error.ts'

export interface WorkQueue {
  add(key: string): void
  /** Once more after `ms`; the earliest wish of a key counts. */
  addAfter(key: string, ms: number): void
  stop(): void
}

const firstRetryMs = 50
const longestRetryMs = 60_000

/**
 * Keys to reconcile, each at most once a turn. Sets a timer only when there is something to do. A key whose work the API refuses is tried
 * again later, each time after a longer pause: what stands in its way (an old object of the same name, a webhook) may go.
 */
export function createWorkQueue(clock: Clock, reconcile: (key: string) => void): WorkQueue {
  const ready = new Set<string>()
  const later = new Map<string, { readonly at: number; readonly cancel: () => void }>()
  const refusals = new Map<string, number>()
  let cancelTurn: (() => void) | undefined
  let stopped = false

  const work = (key: string) => {
    try {
      reconcile(key)
      refusals.delete(key)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const times = refusals.get(key) ?? 0
      refusals.set(key, times + 1)
      addAfter(key, Math.min(longestRetryMs, firstRetryMs * 2 ** times))
    }
  }
  const turn = () => {
    cancelTurn = undefined
    const keys = [...ready]
    ready.clear()
    for (const key of keys) if (!stopped) work(key)
  }
  const add = (key: string) => {
    if (stopped) return
    ready.add(key)
    cancelTurn ??= clock.after(0, turn)
  }
  const addAfter = (key: string, ms: number) => {
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
  }

  return {
    add,
    addAfter,
    stop: () => {
      stopped = true
      cancelTurn?.()
      for (const { cancel } of later.values()) cancel()
      later.clear()
      ready.clear()
    },
  }
}
