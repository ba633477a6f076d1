import type { Clock } from '../../src/time/clock.ts'

/** Before the step takes effect, or after, without the answer; or while it is on its way, where it can be for long. */
export type Moment = 'before' | 'after' | 'late'

/** Calls of one process that end when it dies: as by `kill -9`, nothing it still does has an effect or an answer. */
export interface Mortal {
  readonly alive: boolean
  /** Steps so far that leave something behind: commits, audit records, patches, posts, edits. */
  readonly steps: number
  die(): void
  /** Dies at the n-th such step from now. */
  dieAt(step: number, moment: Moment): void
  /** A call that leaves something behind; `lateMs`: so long after the death of its process it may still take effect. */
  durable<Args extends readonly unknown[], Result>(
    call: (...args: Args) => Promise<Result>,
    lateMs?: number,
  ): (...args: Args) => Promise<Result>
  /** A call that only looks. */
  look<Args extends readonly unknown[], Result>(
    call: (...args: Args) => Promise<Result>,
  ): (...args: Args) => Promise<Result>
}

const never = (): Promise<never> => new Promise(() => {})

export function createMortal(clock: Clock): Mortal {
  let alive = true
  let steps = 0
  let last = Number.POSITIVE_INFINITY
  let moment: Moment = 'before'
  return {
    get alive() {
      return alive
    },
    get steps() {
      return steps
    },
    die: () => {
      alive = false
    },
    dieAt: (step, when) => {
      last = steps + step
      moment = when
    },
    durable:
      (call, lateMs) =>
      async (...args) => {
        if (!alive) return never()
        steps += 1
        if (steps >= last) {
          alive = false
          if (moment === 'late' && lateMs !== undefined) {
            // Nobody is there any more to be told that it was refused.
            clock.after(lateMs, () => void call(...args).catch(() => undefined))
          } else if (moment !== 'before') await call(...args)
          return never()
        }
        const result = await call(...args)
        return alive ? result : never()
      },
    look:
      (call) =>
      async (...args) => {
        if (!alive) return never()
        const result = await call(...args)
        return alive ? result : never()
      },
  }
}
