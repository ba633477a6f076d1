import type { Clock } from './clock.ts'

/** What is done again and again, never twice at a time. */
export interface Routine {
  /** The next round comes no later than `inMs` from now, or so long after the one under way; at once unless told. The first call begins it all. */
  wake(inMs?: number): void
  /** No further round begins, ever; resolves when none is under way. */
  stop(): Promise<void>
}

export interface RoutineParts {
  readonly clock: Clock
  /** Answers how long to rest until the next round (ms); undefined: until woken. */
  readonly round: () => Promise<number | undefined>
  /** A round that throws is told here, and rests for `restAfterFaultMs`. Must not throw. */
  readonly onFault: (error: unknown) => void
  readonly restAfterFaultMs: number
  /** For so long (ms) after a round that took `tookMs` no further one begins, whoever asks for it; unless told they follow at once. */
  readonly leastRestMs?: (tookMs: number) => number
}

/** For loops in the background: at most one round at a time, none forgotten that was asked for meanwhile, and an end that can be waited for. */
export function createRoutine({ clock, round, onFault, restAfterFaultMs, leastRestMs }: RoutineParts): Routine {
  let stopped = false
  let working: Promise<void> | undefined
  /** Asked for in the middle of a round: how long after its end (ms). */
  let wanted: number | undefined
  /** When the rest ends (epoch ms). */
  let due: number | undefined
  /** Since when no round may begin, and for how long. */
  let rest = { from: 0, ms: 0 }
  let cancel = (): void => {}

  async function attempt(): Promise<number | undefined> {
    try {
      return await round()
    } catch (error) {
      onFault(error)
      return restAfterFaultMs
    }
  }

  async function work(): Promise<void> {
    const from = clock.now()
    const restMs = await attempt()
    const soonest = Math.min(restMs ?? Infinity, wanted ?? Infinity)
    rest = { from: clock.now(), ms: leastRestMs?.(Math.max(0, clock.now() - from)) ?? 0 }
    working = wanted = undefined
    if (soonest !== Infinity) wake(soonest)
  }

  function begin(): void {
    cancel()
    due = undefined
    working = work()
  }

  /** Of the least rest; none where the clock was set back, for nobody knows how much of it has passed. */
  function left(): number {
    const passed = clock.now() - rest.from
    return passed < 0 ? 0 : rest.ms - passed
  }

  function wake(inMs = 0): void {
    if (stopped) return
    if (working) {
      wanted = Math.min(wanted ?? Infinity, inMs)
      return
    }
    const ms = Math.max(inMs, left())
    const at = clock.now() + ms
    if (due !== undefined && due <= at) return
    due = at
    cancel()
    if (ms > 0) cancel = clock.after(ms, begin)
    else begin()
  }

  return {
    wake,
    stop: async () => {
      stopped = true
      cancel()
      await working
    },
  }
}
