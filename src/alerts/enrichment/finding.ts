import { ClusterError } from '../../clusters/problems.ts'
import type { ClusterProblem } from '../../clusters/problems.ts'
import type { Clock } from '../../time/clock.ts'

/** Why a part of the thread's first word is missing. */
export type Trouble =
  | ClusterProblem
  /** Not there within its time. */
  | { readonly code: 'late' }
  /** A fault of ours, in the log under this reference. */
  | { readonly code: 'fault'; readonly reference: string }

/** One part: what was found, or why it was not. It never fails with the others. */
export type Finding<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly trouble: Trouble }

export interface FindingParts {
  readonly clock: Clock
  /** Of one part. */
  readonly patienceMs: number
  /** Writes a fault into the log and answers its reference. */
  readonly report: (error: unknown, about: string) => string
}

/** Looks for one part within its own time; what is still under way then is told by the signal and not waited for. */
export function createFinder({ clock, patienceMs, report }: FindingParts) {
  return async <Value>(about: string, look: (signal: AbortSignal) => Promise<Value>): Promise<Finding<Value>> => {
    const abort = new AbortController()
    const work = attempt(look, abort.signal)
    return new Promise((resolve) => {
      const cancel = clock.after(patienceMs, () => {
        abort.abort()
        resolve({ ok: false, trouble: { code: 'late' } })
      })
      void work.then((found) => {
        cancel()
        resolve(found.ok ? found : { ok: false, trouble: troubleOf(found.error) })
      })
    })

    function troubleOf(error: unknown): Trouble {
      if (error instanceof ClusterError) return error.problem
      if (abort.signal.aborted) return { code: 'late' }
      return { code: 'fault', reference: report(error, about) }
    }
  }
}

type Attempt<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: unknown }

async function attempt<Value>(
  look: (signal: AbortSignal) => Promise<Value>,
  signal: AbortSignal,
): Promise<Attempt<Value>> {
  try {
    return { ok: true, value: await look(signal) }
  } catch (error) {
    return { ok: false, error }
  }
}
