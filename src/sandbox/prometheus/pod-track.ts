import { createSteps } from './steps.ts'
import type { Steps } from './steps.ts'
import type { Wave } from './wave.ts'

/** What is known of a pod while it lives. */
export interface PodFacts {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly node: string
  readonly container: string
  /** Of its image. */
  readonly tag: string
  readonly owner: { readonly kind: string; readonly name: string }
  /** `namespace/kind/name`. */
  readonly workload: string
  /** Cores and bytes; 0: none. */
  readonly requests: Readonly<Record<Amount, number>>
  readonly limits: Readonly<Record<Amount, number>>
}
export type Amount = 'cpu' | 'memory'

/** So much of its workload's traffic from then on. */
interface Stint {
  readonly from: number
  readonly share: number
}

/** One life of its container, epoch ms. */
export interface Run {
  readonly from: number
  readonly to?: number
  readonly stints: readonly Stint[]
}

/** One pod as its series remember it. */
export interface PodTrack {
  readonly facts: PodFacts
  readonly from: number
  readonly to: () => number | undefined
  readonly restarts: Steps
  readonly ready: Steps
  /** 1 while it waits in a crash loop. */
  readonly looping: Steps
  /** The run at that moment. */
  runAt(moment: number): Run | undefined
  start(at: number): void
  crash(at: number): void
  carry(at: number, share: number): void
  end(at: number): void
  isRunning(): boolean
}

const mostRuns = 500
const mostStints = 200

export function createPodTrack(facts: PodFacts, from: number): PodTrack {
  let runs: Run[] = []
  let ended: number | undefined
  const change = (run: Run): void => {
    runs[runs.length - 1] = run
  }
  const crash = (at: number): void => {
    const run = runs.at(-1)
    if (run !== undefined && run.to === undefined) change({ ...run, to: at })
  }
  const isRunning = (): boolean => {
    const run = runs.at(-1)
    return run !== undefined && run.to === undefined
  }
  return {
    facts,
    from,
    to: () => ended,
    restarts: createSteps(),
    ready: createSteps(),
    looping: createSteps(),
    runAt: (moment) => runs.findLast((run) => run.from <= moment && (run.to === undefined || moment < run.to)),
    start: (at) => {
      runs.push({ from: at, stints: [{ from: at, share: 0 }] })
      if (runs.length > mostRuns) runs = runs.slice(-mostRuns / 2)
    },
    crash,
    carry: (at, share) => {
      const run = runs.at(-1)
      if (run === undefined || run.to !== undefined || run.stints.at(-1)?.share === share) return
      change({ ...run, stints: merged([...run.stints.filter((stint) => stint.from < at), { from: at, share }]) })
    },
    end: (at) => {
      crash(at)
      ended ??= at
    },
    isRunning,
  }
}

/** The oldest two become one of their mean, so that the list stays short and no counter falls. */
function merged(stints: readonly Stint[]): readonly Stint[] {
  const [first, second, third, ...rest] = stints
  if (stints.length <= mostStints || !first || !second || !third) return stints
  const whole = third.from - first.from
  const share = (first.share * (second.from - first.from) + second.share * (third.from - second.from)) / whole
  return [{ from: first.from, share }, third, ...rest]
}

/** How long ago a container started: caches are empty, then they fill. */
export type Warmth = 0 | 1 | 2
/** Ages, in ms, at which it is warmer. */
const warmerAt = [20_000, 75_000, Number.POSITIVE_INFINITY] as const
const warmths = [0, 1, 2] as const

/** What of a wave has come to a container since it started; `weight` says what a share costs. */
export function gathered(
  run: Run,
  moment: number,
  { wave, weight }: { readonly wave: Wave; readonly weight: (share: number, warmth: Warmth) => number },
): number {
  let sum = 0
  const { stints } = run
  // By index: this is asked for a million times in one picture.
  for (let index = 0; index < stints.length; index += 1) {
    const { from = moment, share = 0 } = stints[index] ?? {}
    if (from >= moment) break
    if (share === 0) continue
    const to = Math.min(stints[index + 1]?.from ?? moment, moment)
    let begin = from
    for (const warmth of warmths) {
      const end = Math.min(to, run.from + warmerAt[warmth])
      if (end <= begin) continue
      sum += share * weight(share, warmth) * (wave.total(end) - wave.total(begin))
      begin = end
    }
  }
  return sum
}

export const shareAt = (run: Run, moment: number): number =>
  run.stints.findLast(({ from }) => from <= moment)?.share ?? 0
