import type { Person } from '../chat/identity.ts'
import type { Caller, ClusterAccess, Clusters } from '../clusters/cluster.ts'
import type { ClusterName } from '../clusters/names.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { ClusterProblem } from '../clusters/problems.ts'
import type { Clock } from '../time/clock.ts'
import { causeOf, operationOf, withBookkeeping } from '../plans/bookkeeping.ts'
import type { Known, PlanRequest, Planned as PlanMade } from '../plans/make-plan.ts'
import type { Order } from '../plans/plan.ts'
import { at } from '../plans/pointer.ts'
import { openKey, workloadKey } from './keys.ts'
import type { Operation } from './operation.ts'
import type { Ledger } from './ledger.ts'
import { endedLately, failedOn } from './recollection.ts'
import type { Changes, Mark, Planned, Written } from './ports.ts'

export interface ChangeParts {
  readonly clusters: Clusters
  /** As whom a cluster hears this person, by group membership at most `maxAgeMs` old. */
  readonly callerOf: (person: Person, cluster: ClusterName, maxAgeMs: number) => Promise<Caller>
  readonly makePlan: (request: PlanRequest) => Promise<PlanMade>
  readonly mask: PlanRequest['mask']
  readonly ledger: Pick<Ledger, 'byKey'>
  readonly now: () => Promise<number>
  readonly clock: Pick<Clock, 'now'>
}

/** A plan only looks; a write goes as somebody who was a member just now. */
const groupAgeMs = { plan: 60_000, write: 10_000 }

/** A cluster that could not be reached is asked again after this. */
const retryMs = 3_000

/** The way from operations to clusters, and the only one that writes. */
export function createChanges(parts: ChangeParts): Changes {
  const clusterOf = (name: ClusterName) => {
    const cluster = parts.clusters.get(name)
    if (!cluster) throw new ClusterError({ code: 'cluster_unreachable', cluster: name, detail: 'not configured' })
    return cluster
  }
  const asRequester = async (
    person: Person,
    name: ClusterName,
    doing: 'plan' | 'write',
  ): Promise<{ readonly access: ClusterAccess; readonly caller: Caller }> => {
    const cluster = clusterOf(name)
    const caller = await parts.callerOf(person, name, groupAgeMs[doing])
    return { access: cluster.as(caller), caller }
  }

  /** What this bot itself knows of the workload. */
  async function known({ target, action }: Order): Promise<Known> {
    const { ledger } = parts
    const now = await parts.now()
    const open = await ledger.byKey(openKey(workloadKey(target)), 100)
    const last = (await endedLately(target, { ledger, now })).find((one) => 'startedAt' in one)
    return {
      others: open
        .map(({ value }) => value)
        .sort((a, b) => b.createdAt - a.createdAt)
        .map(({ id, state }) => ({ operation: id, state })),
      ...(last?.state === 'failed' ? { lastFailed: { operation: last.id, at: last.endedAt } } : {}),
      ...(action === 'rollback' ? { failedOperations: await failedOn(target, ledger) } : {}),
    }
  }

  async function plan(order: Order, requester: Person): Promise<Planned> {
    try {
      const heard = await asRequester(requester, order.target.cluster, 'plan')
      return await parts.makePlan({ ...heard, order, mask: parts.mask, known: await known(order) })
    } catch (error) {
      if (error instanceof ClusterError) return { ok: false, problem: error.problem }
      throw error
    }
  }

  const write: Changes['write'] = async (operation, { seen, before }) => {
    const { plan: planned, id, requester } = operation
    const at = 'startedAt' in operation ? operation.startedAt : operation.createdAt
    const patch = withBookkeeping(planned, { operation: id, at, over: seen ?? null, cause: causeOf(planned, id) })
    try {
      const { access } = await asRequester(requester, planned.workload.cluster, 'write')
      if (parts.clock.now() > before) return { kind: 'overdue' }
      await access.patch(planned.object, patch, 'write')
      return { kind: 'stored' }
    } catch (error) {
      if (error instanceof ClusterError) return writtenOf(error.problem)
      throw error
    }
  }

  async function mark({ plan: { object, uid, workload } }: Operation): Promise<Mark> {
    try {
      const found = await clusterOf(workload.cluster).as('bot').read(object)
      if (!found || at(found, '/metadata/uid') !== uid) return { kind: 'gone' }
      const operation = operationOf(found)
      return { kind: 'mark', operation: operation === '' ? undefined : operation }
    } catch (error) {
      if (error instanceof ClusterError) return { kind: 'unreadable', problem: error.problem }
      throw error
    }
  }

  return { plan, write, mark }
}

/** Only what surely was not stored may be called so; everything doubtful is `unknown`, and the object's mark decides. */
function writtenOf(problem: ClusterProblem): Written {
  switch (problem.code) {
    case 'cluster_moved':
    case 'cluster_conflict':
      return { kind: 'moved' }
    case 'cluster_unreachable':
    case 'cluster_resting':
      return { kind: 'not_sent', problem, retryAfterMs: retryMs }
    case 'cluster_throttled':
      return { kind: 'not_sent', problem, retryAfterMs: problem.retryAfterMs }
    case 'cluster_no_answer':
    case 'cluster_failed':
      return { kind: 'unknown', problem }
    case 'cluster_unauthorized':
    case 'cluster_forbidden':
    case 'cluster_denied':
    case 'cluster_not_found':
    case 'cluster_invalid':
    case 'cluster_expired':
      return { kind: 'refused', problem }
  }
}
