import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../time/clock.ts'
import type { ClusterAccess } from '../clusters/cluster.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { Plan } from '../plans/plan.ts'
import { aimOf } from './aim.ts'
import { createBell } from './bell.ts'
import type { Bell } from './bell.ts'
import { createJudge } from './judge.ts'
import type { Judge } from './judge.ts'
import { createLookout } from './lookout.ts'
import type { Look } from './lookout.ts'
import type { RolloutOutcome, RolloutProgress } from './rollout.ts'

export interface RolloutParts {
  /** As the bot: watching needs no right to change. */
  readonly access: ClusterAccess
  readonly clock: Clock
  /** Hides secrets in what pods and events say. */
  readonly mask: (text: string) => string
}

/** Everything comes from the stored operation, so that a watch can begin again at any time. */
export interface RolloutWatch {
  readonly plan: Plan
  /** When the change was stored (epoch ms). */
  readonly startedAt: number
  /** What a restart wrote into the template. */
  readonly restartedAt?: string
  readonly signal: AbortSignal
  /** Called when something is different, at most once a second, and awaited. */
  readonly onProgress: (progress: RolloutProgress) => Promise<void> | void
}

/** How soon to look again when something has happened. */
const soonMs = 500
const tellMs = 1_000

/** How soon to look when nothing is heard: pods get into trouble without a word from their workload, mostly at the beginning. */
const paceMs = (elapsed: number): number => (elapsed < 30_000 ? 2_000 : elapsed < 120_000 ? 5_000 : 15_000)

/**
 * Follows a change to its end, whatever the stream does: events only say when to look, and without any we look by the clock.
 * Holds one watch and one timer, and leaves neither behind.
 */
export async function watchRollout(parts: RolloutParts, watch: RolloutWatch): Promise<RolloutOutcome> {
  const aim = aimOf(watch.plan, watch.restartedAt)
  if (aim.kind === 'nothing') return { kind: 'succeeded', how: 'no-rollout' }
  const { clock } = parts
  const ending = new AbortController()
  const bell = createBell(clock)
  const stop = (): void => {
    ending.abort()
    bell.ring()
  }
  watch.signal.addEventListener('abort', stop, { once: true })
  if (watch.signal.aborted) stop()
  const following = ringOnChange(parts.access, { plan: watch.plan, signal: ending.signal, bell })
  try {
    return await untilEnd({
      bell,
      clock,
      signal: ending.signal,
      startedAt: watch.startedAt,
      look: createLookout({ ...parts, plan: watch.plan, signal: ending.signal }),
      judge: createJudge({ clock, aim, kind: watch.plan.workload.kind, startedAt: watch.startedAt }),
      onProgress: watch.onProgress,
    })
  } finally {
    watch.signal.removeEventListener('abort', stop)
    ending.abort()
    await following
  }
}

interface Watching extends Pick<RolloutWatch, 'signal' | 'startedAt' | 'onProgress'> {
  readonly bell: Bell
  readonly clock: Clock
  readonly look: () => Promise<Look>
  readonly judge: Judge
}

async function untilEnd({
  bell,
  clock,
  signal,
  startedAt,
  look,
  judge,
  onProgress,
}: Watching): Promise<RolloutOutcome> {
  let told: RolloutProgress | undefined
  let toldAt = -Infinity
  while (!signal.aborted) {
    const lookedAt = clock.now()
    const verdict = judge(await look())
    if (signal.aborted) break
    if (verdict.kind === 'ended') return verdict.outcome
    const { progress } = verdict
    if (progress && !isDeepStrictEqual(progress, told) && clock.now() - toldAt >= tellMs) {
      told = progress
      toldAt = clock.now()
      await onProgress(progress)
    }
    const untold = progress !== undefined && progress !== told && !isDeepStrictEqual(progress, told)
    await bell.wait(untold ? tellMs : paceMs(clock.now() - startedAt))
    while (!signal.aborted && clock.now() - lookedAt < soonMs) await bell.wait(lookedAt + soonMs - clock.now())
  }
  return { kind: 'stopped' }
}

/** A watch that ends is no harm: looking by the clock goes on. */
async function ringOnChange(
  access: ClusterAccess,
  on: { readonly plan: Plan; readonly signal: AbortSignal; readonly bell: Bell },
): Promise<void> {
  const { namespace, kind, name } = on.plan.workload
  try {
    for await (const _ of access.watch({ apiVersion: 'apps/v1', kind, namespace, name }, on.signal)) on.bell.ring()
  } catch (error) {
    if (!on.signal.aborted && !(error instanceof ClusterError)) throw error
  }
}
