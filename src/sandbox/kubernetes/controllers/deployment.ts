import type { JsonObject } from '../../../json.ts'
import type { Facts } from './deployment-status.ts'
import type { Controller, ControllerParts } from './parts.ts'
import type { Scaling } from './rolling.ts'
import { compact, flag, integer, list, put, record, text } from '../fields.ts'
import { annotationsOf, conditionOf, controllerOf, isDeleting, nameOf, namespaceOf } from '../objects.ts'
import { countedStatus, deadlineOf, isComplete, progressStatus, withCondition } from './deployment-status.ts'
import { controllerManager, keyOf, ownedBy } from './parts.ts'
import { byAge, findNewSet, newSet, revisionKey, revisionOf, setAnnotations } from './replica-sets.ts'
import { limitsOf, newSetSize, shrinkOld, spread, statusCount, sum, wantedOf } from './rolling.ts'
import { createWorkQueue } from './work-queue.ts'

/** Deployment → ReplicaSets, after `pkg/controller/deployment` of Kubernetes. */
export function createDeploymentController(parts: ControllerParts): Controller {
  const { clock, store, writes, resources, event, version } = parts
  const deployments = resources.of('apps/v1', 'Deployment')
  const replicaSets = resources.of('apps/v1', 'ReplicaSet')
  const options = { manager: controllerManager }

  const setsOf = (deployment: JsonObject) => [...ownedBy(store, replicaSets, deployment)].sort(byAge)
  const keyed = (object: JsonObject) => ({ namespace: namespaceOf(object), name: nameOf(object) })

  const saveStatus = (deployment: JsonObject, status: JsonObject) =>
    writes.update(
      { resource: deployments, ...keyed(deployment) },
      (current) => ({
        ...current,
        metadata: put(record(current, 'metadata'), ['annotations'], annotationsOf(deployment)),
        status,
      }),
      { ...options, subresource: 'status' },
    )

  const scale = (deployment: JsonObject, { set, to }: Scaling) => {
    const { replicas, surge } = limitsOf(deployment)
    const from = wantedOf(set)
    writes.update(
      { resource: replicaSets, ...keyed(set) },
      (current) =>
        put(
          put(current, ['spec', 'replicas'], to),
          ['metadata', 'annotations'],
          compact({
            ...annotationsOf(current),
            'deployment.kubernetes.io/desired-replicas': String(replicas),
            'deployment.kubernetes.io/max-replicas': String(replicas + surge),
          }),
        ),
      options,
    )
    if (from !== to) tellScale(deployment, { name: nameOf(set), from, to })
  }

  const tellScale = (deployment: JsonObject, { name, from, to }: { name: string; from: number; to: number }) => {
    const how = to > from ? 'up' : 'down'
    const counts = version.tellsOldScale ? `from ${from} to ${to}` : `to ${to}`
    event({
      about: deployment,
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled ${how} replica set ${name} ${counts}`,
      component: 'deployment-controller',
    })
  }

  const addCondition = (deployment: JsonObject, facts: Facts) =>
    put(
      deployment,
      ['status', 'conditions'],
      withCondition(list(deployment, 'status', 'conditions'), facts, clock.now()),
    )

  /** The set of the present template, made when absent, with its revision on both; the Deployment as it is then. */
  const ensureNewSet = (deployment: JsonObject, sets: readonly JsonObject[]) => {
    const present = findNewSet(deployment, sets)
    const revision = Math.max(0, ...sets.filter((set) => set !== present).map(revisionOf)) + 1
    const { replicas, surge, unavailable } = limitsOf(deployment)
    const size = { replicas: 0, max: replicas + surge, revision }
    let fresh = present
    let next = deployment
    const hasDeadline = integer(deployment, 'spec', 'progressDeadlineSeconds') !== undefined
    if (present === undefined) {
      const first = newSetSize({ replicas, surge, unavailable }, undefined, sets)
      const recreate = text(deployment, 'spec', 'strategy', 'type') === 'Recreate'
      fresh = writes.create(
        replicaSets,
        newSet(deployment, { ...size, replicas: recreate ? replicas : first }),
        options,
      )
      if (wantedOf(fresh) > 0) tellScale(deployment, { name: nameOf(fresh), from: 0, to: wantedOf(fresh) })
      if (hasDeadline)
        next = addCondition(next, {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetCreated',
          message: `Created new replica set "${nameOf(fresh)}"`,
        })
    } else {
      const annotations = setAnnotations(deployment, annotationsOf(present), {
        ...size,
        max: Number(annotationsOf(present)['deployment.kubernetes.io/max-replicas'] ?? size.max),
      })
      const kept = {
        ...annotations,
        'deployment.kubernetes.io/desired-replicas':
          annotationsOf(present)['deployment.kubernetes.io/desired-replicas'] ?? String(replicas),
      }
      fresh = writes.update(
        { resource: replicaSets, ...keyed(present) },
        (current) =>
          put(
            put(current, ['metadata', 'annotations'], kept),
            ['spec', 'minReadySeconds'],
            record(deployment, 'spec')['minReadySeconds'],
          ),
        options,
      )
      if (hasDeadline && conditionOf(deployment, 'Progressing') === undefined)
        next = addCondition(next, {
          type: 'Progressing',
          status: 'True',
          reason: 'FoundNewReplicaSet',
          message: `Found new replica set "${nameOf(present)}"`,
        })
    }
    next = put(next, ['metadata', 'annotations', revisionKey], String(revisionOf(fresh ?? {})))
    return { fresh, deployment: saveStatus(next, record(next, 'status')) }
  }

  const pausedCondition = (deployment: JsonObject): JsonObject => {
    if (integer(deployment, 'spec', 'progressDeadlineSeconds') === undefined) return deployment
    const reason = text(conditionOf(deployment, 'Progressing'), 'reason')
    if (reason === 'ProgressDeadlineExceeded') return deployment
    const paused = flag(deployment, 'spec', 'paused')
    if (paused && reason !== 'DeploymentPaused')
      return addCondition(deployment, {
        type: 'Progressing',
        status: 'Unknown',
        reason: 'DeploymentPaused',
        message: 'Deployment is paused',
      })
    if (!paused && reason === 'DeploymentPaused')
      return addCondition(deployment, {
        type: 'Progressing',
        status: 'Unknown',
        reason: 'DeploymentResumed',
        message: 'Deployment is resumed',
      })
    return deployment
  }

  const resize = (deployment: JsonObject, sets: readonly JsonObject[]) => {
    const limits = limitsOf(deployment)
    const active = sets.filter((set) => wantedOf(set) > 0)
    const fresh = findNewSet(deployment, sets)
    const newest = fresh ?? sets.at(-1)
    if (active.length <= 1) {
      const only = active[0] ?? newest
      if (only !== undefined) scale(deployment, { set: only, to: limits.replicas })
      return
    }
    if (
      fresh !== undefined &&
      wantedOf(fresh) === limits.replicas &&
      statusCount(fresh, 'availableReplicas') === limits.replicas
    ) {
      for (const set of active) if (set !== fresh) scale(deployment, { set, to: 0 })
      return
    }
    const growing = limits.replicas + limits.surge > sum(active, wantedOf)
    for (const scaling of spread(limits, growing ? [...active].reverse() : active)) scale(deployment, scaling)
  }

  const isResized = (deployment: JsonObject, sets: readonly JsonObject[]) =>
    sets.some((set) => {
      const desired = annotationsOf(set)['deployment.kubernetes.io/desired-replicas']
      return wantedOf(set) > 0 && desired !== undefined && desired !== String(wantedOf(deployment))
    })

  const prune = (deployment: JsonObject, old: readonly JsonObject[]) => {
    const limit = integer(deployment, 'spec', 'revisionHistoryLimit') ?? 10
    const empty = [...old].sort((a, b) => revisionOf(a) - revisionOf(b))
    for (const set of empty.slice(0, Math.max(0, old.length - limit)))
      if (wantedOf(set) === 0 && statusCount(set, 'replicas') === 0)
        writes.remove({ resource: replicaSets, ...keyed(set) }, options)
  }

  /** One step of the rollout; true when a set was resized, so that status follows first. */
  const roll = (deployment: JsonObject, fresh: JsonObject, sets: readonly JsonObject[]): boolean => {
    const limits = limitsOf(deployment)
    const old = sets.filter((set) => nameOf(set) !== nameOf(fresh))
    const activeOld = old.filter((set) => wantedOf(set) > 0)
    if (text(deployment, 'spec', 'strategy', 'type') === 'Recreate') {
      for (const set of activeOld) scale(deployment, { set, to: 0 })
      if (activeOld.length > 0) return true
      if (hasPods(old) || wantedOf(fresh) === limits.replicas) return false
      scale(deployment, { set: fresh, to: limits.replicas })
      return true
    }
    const size = wantedOf(fresh) > limits.replicas ? limits.replicas : newSetSize(limits, fresh, sets)
    if (size !== wantedOf(fresh)) {
      scale(deployment, { set: fresh, to: size })
      return true
    }
    const shrinking = shrinkOld(limits, fresh, activeOld)
    for (const scaling of shrinking) scale(deployment, scaling)
    return shrinking.length > 0
  }

  const pods = resources.of('v1', 'Pod')
  const hasPods = (sets: readonly JsonObject[]) =>
    sets.some((set) =>
      ownedBy(store, pods, set).some((pod) => !['Succeeded', 'Failed'].includes(text(pod, 'status', 'phase'))),
    )

  const reconcile = (key: string) => {
    const [namespace = '', name = ''] = key.split('/')
    const stored = store.get(deployments, namespace, name)
    if (stored === undefined) return
    const situation = (deployment: JsonObject) => {
      const sets = setsOf(deployment)
      return {
        deployment,
        sets,
        fresh: findNewSet(deployment, sets),
        now: clock.now(),
        countsTerminating: version.countsTerminating,
      }
    }
    const marked = pausedCondition(stored)
    const sets = setsOf(marked)
    if (isDeleting(marked) || flag(marked, 'spec', 'paused') || isResized(marked, sets)) {
      if (!isDeleting(marked)) resize(marked, sets)
      saveStatus(marked, countedStatus(situation(marked)))
      return
    }
    const recreateWaits =
      text(marked, 'spec', 'strategy', 'type') === 'Recreate' &&
      findNewSet(marked, sets) === undefined &&
      waitsForOld(marked, sets)
    if (recreateWaits) {
      saveStatus(marked, progressStatus(situation(marked)))
      return
    }
    const { fresh, deployment } = ensureNewSet(marked, sets)
    if (fresh === undefined) return
    roll(deployment, fresh, setsOf(deployment))
    const after = situation(deployment)
    const status = progressStatus(after)
    const saved = saveStatus(deployment, status)
    if (isComplete(deployment, status))
      prune(
        deployment,
        after.sets.filter((set) => set !== after.fresh),
      )
    const deadline = deadlineOf(saved)
    if (deadline !== undefined) queue.addAfter(key, Math.max(0, deadline - clock.now()) + 1000)
  }

  /** Recreate: the old pods end before the new set is made. */
  const waitsForOld = (deployment: JsonObject, sets: readonly JsonObject[]): boolean => {
    const active = sets.filter((set) => wantedOf(set) > 0)
    for (const set of active) scale(deployment, { set, to: 0 })
    return active.length > 0 || hasPods(sets)
  }

  const queue = createWorkQueue(clock, reconcile)
  const ownerKey = (object: JsonObject) => {
    const owner = controllerOf(object)
    return text(owner, 'kind') === 'Deployment' ? `${namespaceOf(object)}/${text(owner, 'name')}` : undefined
  }
  return {
    hear: ({ resource, object, type }) => {
      if (resource === deployments && type !== 'DELETED') queue.add(keyOf(object))
      const owner = resource === replicaSets ? ownerKey(object) : undefined
      if (owner !== undefined) queue.add(owner)
      if (resource === pods && type === 'DELETED') {
        const set = store.get(replicaSets, namespaceOf(object), text(controllerOf(object), 'name'))
        const deployment = set === undefined ? undefined : ownerKey(set)
        if (deployment !== undefined) queue.add(deployment)
      }
    },
    stop: () => queue.stop(),
  }
}
