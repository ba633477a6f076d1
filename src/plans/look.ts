import type { ClusterAccess } from '../clusters/cluster.ts'
import type { Autoscaler } from '../clusters/nouns.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { JsonObject } from '../json.ts'
import { draftDeploy } from './deploy.ts'
import type { Drafted, Scene } from './draft.ts'
import { draftPause } from './pause.ts'
import type { Order, Warning } from './plan.ts'
import { draftRestart } from './restart.ts'
import { draftRollback } from './rollback.ts'
import { draftScale } from './scale.ts'
import { draftUndo } from './undo.ts'

export interface Sight {
  readonly scene: Scene
  /** For an undo: the object that the first change had patched. */
  readonly object: JsonObject | undefined
  /** What could not be looked at. */
  readonly warnings: readonly Warning[]
}

/** Everything that the plan for an order needs, read in parallel where it can be. Undefined: no such workload. */
export async function look(access: ClusterAccess, order: Order): Promise<Sight | undefined> {
  const { namespace, kind, name } = order.target
  const other = order.action === 'undo' && order.inverse.object.kind !== kind ? order.inverse.object : undefined
  const [workload, autoscaling, read] = await Promise.all([
    access.workload({ namespace, kind, name }),
    autoscalersFor(access, order),
    other ? access.read(other) : undefined,
  ])
  if (!workload) return undefined
  const object = other ? read : workload.object
  const revisions = order.action === 'rollback' ? await access.revisions(workload) : []
  return {
    scene: { workload, revisions, autoscalers: autoscaling.autoscalers },
    object,
    warnings: autoscaling.warnings,
  }
}

interface Autoscaling {
  readonly autoscalers: readonly Autoscaler[]
  readonly warnings: readonly Warning[]
}

/** Who owns the replicas. Where a change of replicas depends on it, not being allowed to look is an error; elsewhere it is said. */
async function autoscalersFor(access: ClusterAccess, order: Order): Promise<Autoscaling> {
  const { namespace, kind, name } = order.target
  if (kind === 'DaemonSet' || order.action === 'pause' || order.action === 'resume')
    return { autoscalers: [], warnings: [] }
  const scales = order.action === 'scale' || (order.action === 'undo' && order.inverse.action === 'scale')
  try {
    const all = await access.autoscalers(namespace)
    return { autoscalers: all.filter(({ target }) => target.kind === kind && target.name === name), warnings: [] }
  } catch (error) {
    if (scales || !(error instanceof ClusterError) || error.problem.code !== 'cluster_forbidden') throw error
    return { autoscalers: [], warnings: [{ kind: 'unread', what: 'autoscalers', detail: error.problem.detail }] }
  }
}

/** One file an action. */
export function draftFor({ scene, object }: Sight, order: Order): Drafted {
  switch (order.action) {
    case 'deploy':
      return draftDeploy(scene, order)
    case 'scale':
      return draftScale(scene, order)
    case 'rollback':
      return draftRollback(scene, order)
    case 'restart':
      return draftRestart(scene, order)
    case 'pause':
    case 'resume':
      return draftPause(scene, order)
    case 'undo':
    default:
      return draftUndo({ ...scene, object }, order)
  }
}
