import type { Clock } from '../time/clock.ts'
import type { ClusterAccess, Workload } from '../clusters/cluster.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { Plan } from '../plans/plan.ts'
import type { Bounds } from '../policy/decision.ts'
import { createEvidenceRoom } from './evidence.ts'
import type { EvidenceParts } from './evidence.ts'
import { Observed, ObservedBounds } from './observed.ts'
import type { Evidence } from './reasons.ts'

export type Look =
  | { readonly kind: 'seen'; readonly workload: Observed; readonly bounds?: Bounds; readonly evidence: Evidence }
  /** Another object of that name counts as gone. */
  | { readonly kind: 'gone' }
  /** No answer; it may come back. */
  | { readonly kind: 'silent'; readonly detail: string }
  /** We may not look, and waiting will not change that. */
  | { readonly kind: 'refused'; readonly detail: string }

export interface LookoutParts extends EvidenceParts {
  readonly access: ClusterAccess
  readonly clock: Clock
  readonly plan: Plan
}

/** Pods are listed no more often than this, however often one looks. */
const podsEveryMs = 2_000
const nothing: Evidence = { pods: [], events: [], logs: new Map() }

/** Looks at the objects of one rollout as they are now, never at what a stream said some time ago. */
export function createLookout(parts: LookoutParts): () => Promise<Look> {
  const { access, clock, plan } = parts
  const { workload: target, object, uid } = plan
  const ofAutoscaler = object.kind !== target.kind
  const rolled = plan.effect.kind === 'replicas' || plan.effect.kind === 'bounds' ? 'all' : 'revised'
  const room = createEvidenceRoom(parts)
  let evidence = nothing
  let gatheredAt = -Infinity

  async function gather(workload: Workload): Promise<Evidence> {
    if (clock.now() - gatheredAt < podsEveryMs) return evidence
    gatheredAt = clock.now()
    try {
      evidence = await room.gather(workload, rolled)
    } catch (error) {
      // Reasons are worth having, but the workload itself tells whether the rollout is done.
      if (!(error instanceof ClusterError)) throw error
    }
    return evidence
  }

  return async () => {
    try {
      const [workload, autoscaler] = await Promise.all([
        access.workload(target),
        ofAutoscaler ? access.read(object) : undefined,
      ])
      if (!workload || (ofAutoscaler && !autoscaler)) return { kind: 'gone' }
      const observed = Observed.parse(workload.object)
      const found = ofAutoscaler ? ObservedBounds.parse(autoscaler) : undefined
      if ((found ?? observed.metadata).uid !== uid) return { kind: 'gone' }
      const bounds = found ? { bounds: { min: found.min, max: found.max } } : {}
      return { kind: 'seen', workload: observed, ...bounds, evidence: await gather(workload) }
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error
      const { problem } = error
      return problem.code === 'cluster_forbidden'
        ? { kind: 'refused', detail: problem.detail }
        : { kind: 'silent', detail: problem.code }
    }
  }
}
