import type { JsonObject } from '../../../json.ts'
import { compact, integer, list, record, text } from '../fields.ts'
import { conditionOf, nameOf, stamp, timeAt } from '../objects.ts'
import { limitsOf, statusCount, sum, wantedOf, unlessZero } from './rolling.ts'

/** Conditions and counts of a Deployment, in the words of its controller. */

export interface Facts {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
}

/** `conditions` with one set. Same status and reason: nothing changes, not even the times. */
export function withCondition(conditions: readonly JsonObject[], facts: Facts, now: number): readonly JsonObject[] {
  const present = conditions.find((one) => text(one, 'type') === facts.type)
  if (text(present, 'status') === facts.status && text(present, 'reason') === facts.reason) return conditions
  const moved = text(present, 'status') !== facts.status
  const next: JsonObject = {
    type: facts.type,
    status: facts.status,
    lastUpdateTime: stamp(now),
    lastTransitionTime: moved ? stamp(now) : text(present, 'lastTransitionTime'),
    reason: facts.reason,
    message: facts.message,
  }
  return present === undefined ? [...conditions, next] : conditions.map((one) => (one === present ? next : one))
}

const without = (conditions: readonly JsonObject[], type: string) =>
  conditions.filter((one) => text(one, 'type') !== type)

interface Situation {
  readonly deployment: JsonObject
  readonly fresh: JsonObject | undefined
  readonly sets: readonly JsonObject[]
  readonly now: number
  readonly countsTerminating: boolean
}

const oldPods = (status: JsonObject) => countIn(status, 'replicas') - countIn(status, 'updatedReplicas')
const countIn = (status: JsonObject, field: string) => integer(status, field) ?? 0

export function countedStatus({ deployment, fresh, sets, now, countsTerminating }: Situation): JsonObject {
  const available = sum(sets, (set) => statusCount(set, 'availableReplicas'))
  const { replicas, unavailable } = limitsOf(deployment)
  const isAvailable = available >= replicas - unavailable
  const conditions = withCondition(
    list(deployment, 'status', 'conditions'),
    isAvailable
      ? {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
        }
      : {
          type: 'Available',
          status: 'False',
          reason: 'MinimumReplicasUnavailable',
          message: 'Deployment does not have minimum availability.',
        },
    now,
  )
  return compact({
    observedGeneration: integer(deployment, 'metadata', 'generation'),
    replicas: unlessZero(sum(sets, (set) => statusCount(set, 'replicas'))),
    updatedReplicas: unlessZero(statusCount(fresh, 'replicas')),
    readyReplicas: unlessZero(sum(sets, (set) => statusCount(set, 'readyReplicas'))),
    availableReplicas: unlessZero(available),
    unavailableReplicas: unlessZero(Math.max(0, sum(sets, wantedOf) - available)),
    terminatingReplicas: countsTerminating ? sum(sets, (set) => statusCount(set, 'terminatingReplicas')) : undefined,
    collisionCount: integer(deployment, 'status', 'collisionCount'),
    conditions,
  })
}

export function isComplete(deployment: JsonObject, status: JsonObject): boolean {
  const wanted = wantedOf(deployment)
  return ['updatedReplicas', 'replicas', 'availableReplicas'].every((field) => (integer(status, field) ?? 0) === wanted)
}

function hasProgressed(before: JsonObject, after: JsonObject): boolean {
  const rose = (field: string) => countIn(after, field) > countIn(before, field)
  return (
    rose('updatedReplicas') || rose('readyReplicas') || rose('availableReplicas') || oldPods(after) < oldPods(before)
  )
}

/** When the rollout will have timed out, epoch ms; undefined when its clock does not run. */
export function deadlineOf(deployment: JsonObject): number | undefined {
  const seconds = integer(deployment, 'spec', 'progressDeadlineSeconds')
  const condition = conditionOf(deployment, 'Progressing')
  const resting = ['NewReplicaSetAvailable', 'ProgressDeadlineExceeded', 'DeploymentPaused']
  if (seconds === undefined || condition === undefined || resting.includes(text(condition, 'reason'))) return undefined
  return timeAt(condition, 'lastUpdateTime') + seconds * 1000
}

/** `countedStatus` with the Progressing and ReplicaFailure conditions of a rollout that runs. */
export function progressStatus(situation: Situation): JsonObject {
  const { deployment, fresh, sets, now } = situation
  const counted = countedStatus(situation)
  const before = record(deployment, 'status')
  const name = nameOf(fresh ?? deployment)
  const kind = fresh === undefined ? 'Deployment' : 'ReplicaSet'
  let conditions = list(counted, 'conditions')
  const progressing = conditions.find((one) => text(one, 'type') === 'Progressing')
  const settled =
    integer(counted, 'replicas') === integer(counted, 'updatedReplicas') &&
    text(progressing, 'reason') === 'NewReplicaSetAvailable'
  const set = (facts: Omit<Facts, 'type'>) => {
    conditions = withCondition(conditions, { type: 'Progressing', ...facts }, now)
  }
  if (integer(deployment, 'spec', 'progressDeadlineSeconds') === undefined)
    conditions = without(conditions, 'Progressing')
  else if (!settled) {
    const deadline = deadlineOf(deployment)
    if (isComplete(deployment, counted))
      set({
        status: 'True',
        reason: 'NewReplicaSetAvailable',
        message: `${kind} "${name}" has successfully progressed.`,
      })
    else if (hasProgressed(before, counted)) {
      // Each step forward starts the deadline anew.
      conditions = conditions.map((one) =>
        one === progressing && text(one, 'reason') === 'ReplicaSetUpdated'
          ? { ...one, lastUpdateTime: stamp(now) }
          : one,
      )
      set({ status: 'True', reason: 'ReplicaSetUpdated', message: `${kind} "${name}" is progressing.` })
    } else if (deadline !== undefined && now > deadline)
      set({
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
        message: `${kind} "${name}" has timed out progressing.`,
      })
  }
  const failure = [fresh, ...sets]
    .filter((set) => set !== undefined)
    .map((set) => conditionOf(set, 'ReplicaFailure'))
    .find((one) => one !== undefined)
  conditions = without(conditions, 'ReplicaFailure')
  const earlier = conditionOf(deployment, 'ReplicaFailure')
  if (failure !== undefined)
    conditions = [
      ...conditions,
      text(earlier, 'reason') === text(failure, 'reason') &&
      text(earlier, 'message') === text(failure, 'message') &&
      earlier !== undefined
        ? earlier
        : { ...failure, lastUpdateTime: stamp(now) },
    ]
  return { ...counted, conditions }
}
