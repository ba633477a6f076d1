import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Clock } from '../time/clock.ts'

/** Gives memory back after work that leaves much garbage. */
export interface Tidy {
  /** There was such work: once it has been quiet for a moment, the heap is collected. */
  touch(): void
  stop(): void
}

const quietMs = 2_000

/** V8 alone keeps some 30 MB of a chart's queries until it needs the room, which in a trial may be never. */
export function createTidy({ clock, collect }: { readonly clock: Clock; readonly collect: () => void }): Tidy {
  let cancel = (): void => {}
  return {
    touch: () => {
      cancel()
      cancel = clock.after(quietMs, collect)
    },
    stop: () => cancel(),
  }
}

/** Node's own way to ask for a collection, which it only shows to those who ask. */
export function collectorOfV8(): () => void {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('gc')
  return typeof gc === 'function' ? () => void gc() : () => {}
}
