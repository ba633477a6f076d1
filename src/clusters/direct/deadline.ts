import type { Clock } from '../../time/clock.ts'
import { reasonOf } from './waiting.ts'

/** The cluster's time for one question is over. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError'
}

/** One question's time. Whoever makes it ends it. */
export interface Deadline {
  /** Aborts at the deadline (with a `DeadlineError`) or with the parent. */
  readonly signal: AbortSignal
  remaining(): number
  end(): void
}

export function createDeadline(clock: Clock, ms: number, parent?: AbortSignal): Deadline {
  const controller = new AbortController()
  const until = clock.now() + ms
  const cancel = clock.after(ms, () => controller.abort(new DeadlineError(`no answer within ${ms} ms`)))
  const follow = (): void => {
    if (parent) controller.abort(reasonOf(parent))
  }
  if (parent?.aborted) follow()
  parent?.addEventListener('abort', follow, { once: true })
  return {
    signal: controller.signal,
    remaining: () => Math.max(0, until - clock.now()),
    end: () => {
      cancel()
      parent?.removeEventListener('abort', follow)
    },
  }
}
