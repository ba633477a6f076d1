import type { WorkloadKind } from '../clusters/names.ts'
import type { Bounds } from '../policy/decision.ts'
import type { Aim } from './aim.ts'
import { hasMoved } from './aim.ts'
import type { Observed } from './observed.ts'
import { progressDeadlineMs } from './observed.ts'

/** Pods, as the workload’s own status counts them. */
export interface RolloutCounts {
  readonly wanted: number
  readonly updated: number
  readonly ready: number
  readonly available: number
  /** All pods, old ones included. */
  readonly total: number
}

export interface RolloutState {
  /** `waiting`: the controller has not seen the change yet. `stored`: nothing rolls by itself. */
  readonly state: 'waiting' | 'progressing' | 'done' | 'failed' | 'stored' | 'superseded'
  readonly counts: RolloutCounts
}

export interface Sighting {
  readonly kind: WorkloadKind
  readonly aim: Aim
  readonly workload: Observed
  /** The autoscaler's bounds, where they are what changed. */
  readonly bounds?: Bounds
  /** Epoch ms, both by the same clock: when the change was stored, and now. */
  readonly startedAt: number
  readonly now: number
}

/** One look at the objects → where the rollout stands; the steps and their order are those of `kubectl rollout status`. Pure. */
export function rolloutState(sighting: Sighting): RolloutState {
  const { aim, workload, bounds } = sighting
  const told = countsOf(sighting)
  const state = hasMoved(aim, workload, bounds) ? 'superseded' : stateFor(sighting, told)
  // Until the controller has seen the change, its numbers are about the template before.
  const counts = state === 'waiting' && aim.kind === 'template' ? { ...told, updated: 0 } : told
  return { state, counts }
}

function stateFor(sighting: Sighting, counts: RolloutCounts): RolloutState['state'] {
  const { aim, workload, kind } = sighting
  if (aim.kind === 'nothing') return 'done'
  const seen =
    workload.status.observedGeneration > 0 && workload.status.observedGeneration >= workload.metadata.generation
  if (aim.kind === 'template' && isHeld(kind, workload)) return 'stored'
  if (!seen) return 'waiting'
  if (aim.kind === 'replicas') return settled(counts) ? 'done' : 'progressing'
  if (aim.kind === 'bounds') {
    const { replicas } = workload.spec
    return replicas >= aim.bounds.min && replicas <= aim.bounds.max && settled(counts) ? 'done' : 'progressing'
  }
  switch (kind) {
    case 'Deployment':
      return deployment(sighting, counts)
    case 'StatefulSet':
      return statefulSet(workload, counts)
    case 'DaemonSet':
    default:
      return counts.updated >= counts.wanted && counts.available >= counts.wanted ? 'done' : 'progressing'
  }
}

const isHeld = (kind: WorkloadKind, { spec }: Observed): boolean =>
  kind === 'Deployment' ? spec.paused : spec.updateStrategy.type === 'OnDelete'

const settled = ({ wanted, ready, total }: RolloutCounts): boolean => total === wanted && ready >= wanted

/** A Deployment may still carry the condition of an earlier rollout; ours cannot have failed before its own deadline. */
const clockSlackMs = 5_000

function deployment({ workload, startedAt, now }: Sighting, counts: RolloutCounts): RolloutState['state'] {
  const exceeded = workload.status.conditions.some(
    ({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
  )
  const possible = now - startedAt >= (progressDeadlineMs(workload) ?? 0) - clockSlackMs
  if (exceeded && possible) return 'failed'
  const { wanted, updated, available, total } = counts
  return updated >= wanted && total <= updated && available >= updated ? 'done' : 'progressing'
}

function statefulSet({ spec }: Observed, { wanted, updated, ready }: RolloutCounts): RolloutState['state'] {
  return ready >= wanted && updated >= wanted - spec.updateStrategy.partition ? 'done' : 'progressing'
}

function countsOf({ kind, workload: { spec, status } }: Sighting): RolloutCounts {
  if (kind === 'DaemonSet') {
    const wanted = status.desiredNumberScheduled
    return {
      wanted,
      updated: status.updatedNumberScheduled,
      ready: status.numberReady,
      available: status.numberAvailable,
      total: wanted,
    }
  }
  const { updatedReplicas, readyReplicas, availableReplicas, replicas } = status
  return {
    wanted: spec.replicas,
    updated: updatedReplicas,
    ready: readyReplicas,
    available: availableReplicas,
    total: replicas,
  }
}
