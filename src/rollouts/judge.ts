import type { Clock } from '../time/clock.ts'
import type { WorkloadKind } from '../clusters/names.ts'
import type { Aim } from './aim.ts'
import type { Look } from './lookout.ts'
import { progressDeadlineMs } from './observed.ts'
import { causesOf } from './reasons.ts'
import type { RolloutOutcome, RolloutProgress } from './rollout.ts'
import { rolloutState } from './rollout-state.ts'
import type { RolloutCounts } from './rollout-state.ts'

/** What a look means for the whole rollout. Progress is absent while the cluster is silent. */
export type Judgement =
  | { readonly kind: 'ended'; readonly outcome: RolloutOutcome }
  | { readonly kind: 'going-on'; readonly progress: RolloutProgress | undefined }

export type Judge = (look: Look) => Judgement

export interface JudgeParts {
  readonly clock: Clock
  readonly aim: Aim
  readonly kind: WorkloadKind
  readonly startedAt: number
}

/** What the progress deadline gets on top before we give up by ourselves. */
const graceMs = 60_000
/** How long without progress where Kubernetes knows no deadline. */
const endlessMs = 15 * 60_000
const lostMs = 60 * 60_000
/** After a silence of this length patience begins anew: nothing is known of that time. */
const silenceMs = 60_000

const ended = (outcome: RolloutOutcome): Judgement => ({ kind: 'ended', outcome })

/** Remembers when the cluster was last heard and when something last moved; after a restart both begin anew. */
export function createJudge({ clock, aim, kind, startedAt }: JudgeParts): Judge {
  let heardAt = clock.now()
  let movedAt = clock.now()
  const hasProgressed = createProgressMark()

  return (look) => {
    const now = clock.now()
    switch (look.kind) {
      case 'gone':
        return ended({ kind: 'deleted' })
      case 'refused':
        return ended({ kind: 'lost', detail: look.detail })
      case 'silent':
        if (now - heardAt >= lostMs) return ended({ kind: 'lost', detail: look.detail })
        return { kind: 'going-on', progress: undefined }
      case 'seen':
    }
    if (now - heardAt > silenceMs) movedAt = now
    heardAt = now

    const { workload, evidence } = look
    const bounds = look.bounds ? { bounds: look.bounds } : {}
    const view = rolloutState({ kind, aim, workload, ...bounds, startedAt, now })
    if (view.state !== 'waiting' && hasProgressed(view.counts)) movedAt = now
    const { wanted, updated, ready } = view.counts
    const progress: RolloutProgress = { wanted, updated, ready, ...causesOf(workload, evidence, now) }
    const reason = progress.reasons[0]?.reason ?? ''

    switch (view.state) {
      case 'done':
        return ended({ kind: 'succeeded', how: 'rolled-out' })
      case 'stored':
        return ended({ kind: 'succeeded', how: 'stored' })
      case 'superseded':
        return ended({ kind: 'superseded' })
      case 'failed':
        return ended({ kind: 'failed', why: 'rollout', reason: reason || 'ProgressDeadlineExceeded', progress })
      case 'waiting':
      case 'progressing':
    }
    const deadline = progressDeadlineMs(workload)
    const patience = deadline === undefined || kind !== 'Deployment' ? endlessMs : deadline + graceMs
    if (now - movedAt >= patience) return ended({ kind: 'failed', why: 'not_finished', reason, progress })
    return { kind: 'going-on', progress }
  }
}

/** More of the new than ever, or fewer of the old: a pod that comes and goes is no progress. */
function createProgressMark(): (counts: RolloutCounts) => boolean {
  let best: RolloutCounts | undefined
  return (counts) => {
    const further = best !== undefined && counts.wanted === best.wanted && counts.updated <= best.updated
    if (
      best &&
      further &&
      counts.ready <= best.ready &&
      counts.available <= best.available &&
      counts.total >= best.total
    )
      return false
    best = counts
    return true
  }
}
