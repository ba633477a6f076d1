/** Time as an argument. Everything that waits or compares times gets one of these; tests pass one that they move by hand. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Runs `task` once after `ms`. The returned function cancels it; whoever sets a timer owns its cancelling. */
  after(ms: number, task: () => void): () => void
}

/** The machine's own clock. Its timers keep the process alive, so their owners cancel them on stop. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}
