import type { JsonObject } from '../../../json.ts'
import type { Facts } from './deployment-status.ts'
import type { Controller, ControllerParts } from './parts.ts'
import { flag, integer, list, put, record, text } from '../fields.ts'
import { annotationsOf, conditionOf, controllerOf, isDeleting, nameOf, namespaceOf } from '../objects.ts'
import { countedStatus, deadlineOf, isComplete, progressStatus, withCondition } from './deployment-status.ts'
import { controllerManager, keyOf, ownedBy } from './parts.ts'
import { findNewSet, revisionKey, revisionOf } from './replica-sets.ts'
import { createRevisionSets, isResized, keyed } from './revision-sets.ts'
import { limitsOf, newSetSize, shrinkOld, wantedOf } from './rolling.ts'
import { createWorkQueue } from './work-queue.ts'

/** Deployment → ReplicaSets, after `pkg/controller/deployment` of Kubernetes. */
export function createDeploymentController(parts: ControllerParts): Controller {
  const { clock, store, writes, resources, version } = parts
  const deployments = resources.of('apps/v1', 'Deployment')
  const replicaSets = resources.of('apps/v1', 'ReplicaSet')
  const pods = resources.of('v1', 'Pod')
  const revisions = createRevisionSets(parts)

  const saveStatus = (deployment: JsonObject, status: JsonObject) =>
    writes.update(
      { resource: deployments, ...keyed(deployment) },
      (current) => ({ ...put(current, ['metadata', 'annotations'], annotationsOf(deployment)), status }),
      { manager: controllerManager, subresource: 'status' },
    )

  const addCondition = (deployment: JsonObject, facts: Omit<Facts, 'type'>) => {
    if (integer(deployment, 'spec', 'progressDeadlineSeconds') === undefined) return deployment
    const conditions = list(deployment, 'status', 'conditions')
    return put(
      deployment,
      ['status', 'conditions'],
      withCondition(conditions, { type: 'Progressing', ...facts }, clock.now()),
    )
  }

  const markPaused = (deployment: JsonObject): JsonObject => {
    const reason = text(conditionOf(deployment, 'Progressing'), 'reason')
    const paused = flag(deployment, 'spec', 'paused')
    if (reason === 'ProgressDeadlineExceeded' || paused === (reason === 'DeploymentPaused')) return deployment
    return paused
      ? addCondition(deployment, { status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused' })
      : addCondition(deployment, { status: 'Unknown', reason: 'DeploymentResumed', message: 'Deployment is resumed' })
  }

  const hasPods = (sets: readonly JsonObject[]) => sets.some((set) => ownedBy(store, pods, set).some(isRunning))

  /** Recreate: true while old pods are left, before the new set may be made. */
  const stopsOld = (deployment: JsonObject, sets: readonly JsonObject[]): boolean => {
    const active = sets.filter((set) => wantedOf(set) > 0)
    for (const set of active) revisions.scale(deployment, { set, to: 0 })
    return active.length > 0 || hasPods(sets)
  }

  const recreate = (deployment: JsonObject, fresh: JsonObject, old: readonly JsonObject[]) => {
    const { replicas } = limitsOf(deployment)
    if (!stopsOld(deployment, old) && wantedOf(fresh) !== replicas)
      revisions.scale(deployment, { set: fresh, to: replicas })
  }

  /** One step of a rolling update: first the new set, then the old ones. */
  const roll = (deployment: JsonObject, fresh: JsonObject, old: readonly JsonObject[]) => {
    const limits = limitsOf(deployment)
    const size = wantedOf(fresh) > limits.replicas ? limits.replicas : newSetSize(limits, fresh, [...old, fresh])
    if (size !== wantedOf(fresh)) revisions.scale(deployment, { set: fresh, to: size })
    else
      for (const scaling of shrinkOld(
        limits,
        fresh,
        old.filter((set) => wantedOf(set) > 0),
      ))
        revisions.scale(deployment, scaling)
  }

  const situation = (deployment: JsonObject) => {
    const sets = revisions.of(deployment)
    const fresh = findNewSet(deployment, sets)
    return { deployment, sets, fresh, now: clock.now(), countsTerminating: version.countsTerminating }
  }

  const reconcile = (key: string) => {
    const [namespace = '', name = ''] = key.split('/')
    const stored = store.get(deployments, namespace, name)
    if (stored === undefined) return
    const marked = markPaused(stored)
    const sets = revisions.of(marked)
    if (isDeleting(marked) || flag(marked, 'spec', 'paused') || isResized(marked, sets)) {
      if (!isDeleting(marked)) revisions.resize(marked, sets)
      saveStatus(marked, countedStatus(situation(marked)))
      return
    }
    const recreates = text(marked, 'spec', 'strategy', 'type') === 'Recreate'
    if (recreates && findNewSet(marked, sets) === undefined && stopsOld(marked, sets)) {
      saveStatus(marked, progressStatus(situation(marked)))
      return
    }
    const deployment = proceed(marked, sets)
    const deadline = deadlineOf(deployment)
    if (deadline !== undefined) queue.addAfter(key, Math.max(0, deadline - clock.now()) + 1000)
  }

  const proceed = (marked: JsonObject, sets: readonly JsonObject[]): JsonObject => {
    const { set: fresh, condition } = revisions.ensure(marked, sets)
    const told = condition === undefined ? marked : addCondition(marked, { status: 'True', ...condition })
    const numbered = put(told, ['metadata', 'annotations', revisionKey], String(revisionOf(fresh)))
    const deployment = saveStatus(numbered, record(numbered, 'status'))
    const old = revisions.of(deployment).filter((set) => nameOf(set) !== nameOf(fresh))
    if (text(deployment, 'spec', 'strategy', 'type') === 'Recreate') recreate(deployment, fresh, old)
    else roll(deployment, fresh, old)
    const after = situation(deployment)
    const status = progressStatus(after)
    const saved = saveStatus(deployment, status)
    if (isComplete(deployment, status))
      revisions.prune(
        deployment,
        after.sets.filter((set) => set !== after.fresh),
      )
    return saved
  }

  const queue = createWorkQueue(clock, reconcile)
  return {
    hear: ({ resource, object, type }) => {
      if (resource === deployments && type !== 'DELETED') queue.add(keyOf(object))
      if (resource === pods && type === 'DELETED') {
        const set = store.get(replicaSets, namespaceOf(object), text(controllerOf(object), 'name'))
        if (set !== undefined) addOwner(set)
      }
      if (resource === replicaSets) addOwner(object)
    },
    stop: () => queue.stop(),
  }

  function addOwner(set: JsonObject) {
    const owner = controllerOf(set)
    if (text(owner, 'kind') === 'Deployment') queue.add(`${namespaceOf(set)}/${text(owner, 'name')}`)
  }
}

const isRunning = (pod: JsonObject) => !['Succeeded', 'Failed'].includes(text(pod, 'status', 'phase'))
