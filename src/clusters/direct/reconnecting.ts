import type { WatchParts } from './watch-stream.ts'
import { ClusterError } from '../problems.ts'
import { createPatience, waitingCures } from './patience.ts'
import { BrokenStreamError } from './watch-stream.ts'

/** A stream that lived so long was worth opening, even if nothing happened. */
const soundMs = 5_000

/**
 * What one connection after another gives, until `signal` aborts; throws only what waiting cannot cure. `connect` calls `proven` for whatever
 * the watch itself says: a list that succeeds does not show that the watch behind it will stand. `known.version` is where the next one begins,
 * and becomes empty where it has to list again first.
 */
export async function* reconnecting<Value>(
  parts: WatchParts,
  {
    known,
    signal,
    connect,
  }: {
    readonly known: { version: string }
    readonly signal: AbortSignal
    readonly connect: (proven: () => void) => AsyncIterable<Value>
  },
): AsyncGenerator<Value> {
  const { clock } = parts
  const patience = createPatience(parts)
  while (!signal.aborted) {
    const began = clock.now()
    let fault: unknown
    try {
      yield* connect(patience.proven)
    } catch (error) {
      if (signal.aborted) return
      if (!waitingCures(error)) throw error
      const expired = error instanceof ClusterError && error.problem.code === 'cluster_expired'
      if (expired || error instanceof BrokenStreamError) known.version = ''
      fault = error
    }
    if (clock.now() - began >= soundMs) patience.proven()
    await patience.rest(fault, signal)
  }
}
