/** Calls of one process that end when it dies: as by `kill -9`, nothing it still does has an effect or an answer. */
export interface Mortal {
  readonly alive: boolean
  /** Steps so far that leave something behind: commits, audit records, patches, posts, edits. */
  readonly steps: number
  die(): void
  /** Dies at the n-th such step from now: before it takes effect, or after, without the answer. */
  dieAt(step: number, moment: 'before' | 'after'): void
  /** A call that leaves something behind. */
  durable<Args extends readonly unknown[], Result>(
    call: (...args: Args) => Promise<Result>,
  ): (...args: Args) => Promise<Result>
  /** A call that only looks. */
  look<Args extends readonly unknown[], Result>(
    call: (...args: Args) => Promise<Result>,
  ): (...args: Args) => Promise<Result>
}

const never = (): Promise<never> => new Promise(() => {})

export function createMortal(): Mortal {
  let alive = true
  let steps = 0
  let last = Number.POSITIVE_INFINITY
  let moment: 'before' | 'after' = 'before'
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
      (call) =>
      async (...args) => {
        if (!alive) return never()
        steps += 1
        if (steps >= last) {
          alive = false
          if (moment === 'after') await call(...args)
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
