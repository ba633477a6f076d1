import type { JsonObject } from '../../../json.ts'
import type { Controller, ControllerParts } from './parts.ts'
import { ApiError } from '../api-error.ts'
import { compact, integer, put, text } from '../fields.ts'
import { controllerOf, isDeleting, labelsOf, nameOf, namespaceOf } from '../objects.ts'
import { createRevisions, hashLabel, hashOf } from './controller-revisions.ts'
import { controllerManager, keyOf, ownedBy } from './parts.ts'
import { isReady, podFrom, untilAvailable } from './pod-template.ts'
import { wantedOf, unlessZero } from './rolling.ts'
import { createWorkQueue } from './work-queue.ts'

const component = 'statefulset-controller'
const options = { manager: controllerManager }

/** StatefulSet → numbered pods, one after the other, newest template from the highest number down. */
export function createStatefulSetController(parts: ControllerParts): Controller {
  const { clock, store, writes, resources, event } = parts
  const statefulSets = resources.of('apps/v1', 'StatefulSet')
  const pods = resources.of('v1', 'Pod')
  const revisions = createRevisions(parts)

  const podsOf = (set: JsonObject) => [...ownedBy(store, pods, set)].sort((a, b) => ordinalOf(a) - ordinalOf(b))
  const isAvailable = (set: JsonObject, pod: JsonObject) => waitOf(set, pod) === 0 && !isDeleting(pod)
  const waitOf = (set: JsonObject, pod: JsonObject) =>
    untilAvailable(pod, integer(set, 'spec', 'minReadySeconds') ?? 0, clock.now())

  const create = (set: JsonObject, ordinal: number, revision: JsonObject) => {
    const name = `${nameOf(set)}-${ordinal}`
    const pod = podFrom(revisions.applied(set, revision), { name })
    const labels = {
      ...labelsOf(pod),
      'apps.kubernetes.io/pod-index': String(ordinal),
      [hashLabel]: nameOf(revision),
      'statefulset.kubernetes.io/pod-name': name,
    }
    try {
      writes.create(pods, put(pod, ['metadata', 'labels'], labels), options)
      event({
        about: set,
        type: 'Normal',
        reason: 'SuccessfulCreate',
        message: `Create Pod ${name} in StatefulSet ${nameOf(set)} successful`,
        component,
      })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      event({
        about: set,
        type: 'Warning',
        reason: 'FailedCreate',
        message: `Create Pod ${name} in StatefulSet ${nameOf(set)} failed error: ${error.message}`,
        component,
      })
      queue.addAfter(keyOf(set), 5000)
    }
  }

  const remove = (set: JsonObject, pod: JsonObject) => {
    if (isDeleting(pod)) return
    writes.remove({ resource: pods, namespace: namespaceOf(pod), name: nameOf(pod) }, options)
    event({
      about: set,
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Delete Pod ${nameOf(pod)} in StatefulSet ${nameOf(set)} successful`,
      component,
    })
  }

  /** One step; true when it must be waited for before the next. */
  const fill = (set: JsonObject, revision: { current: JsonObject; update: JsonObject }): boolean => {
    const wanted = wantedOf(set)
    const partition = integer(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0
    const oneByOne = text(set, 'spec', 'podManagementPolicy') !== 'Parallel'
    const present = new Map(podsOf(set).map((pod) => [ordinalOf(pod), pod]))
    for (let ordinal = 0; ordinal < wanted; ordinal += 1) {
      const pod = present.get(ordinal)
      if (pod === undefined) create(set, ordinal, ordinal < partition ? revision.current : revision.update)
      if (oneByOne && (pod === undefined || !isAvailable(set, pod))) return true
    }
    const tooMany = [...present].filter(([ordinal]) => ordinal >= wanted).sort(([a], [b]) => b - a)
    for (const [, pod] of tooMany) {
      remove(set, pod)
      if (oneByOne) return true
    }
    return tooMany.length > 0
  }

  const roll = (set: JsonObject, update: JsonObject) => {
    if (text(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return
    const partition = integer(set, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0
    for (const pod of podsOf(set).reverse()) {
      if (ordinalOf(pod) < partition) return
      if (hashOf(pod) !== nameOf(update)) {
        remove(set, pod)
        return
      }
      if (!isAvailable(set, pod)) return
    }
  }

  const saveStatus = (set: JsonObject, revision: { current: JsonObject; update: JsonObject }) => {
    const own = podsOf(set).filter((pod) => ordinalOf(pod) < wantedOf(set) || !isDeleting(pod))
    const alive = own.filter((pod) => !isDeleting(pod))
    const soonest = Math.min(...alive.map((pod) => waitOf(set, pod) ?? 0).filter((ms) => ms > 0))
    if (Number.isFinite(soonest)) queue.addAfter(keyOf(set), soonest)
    const withHash = (wanted: JsonObject) => alive.filter((pod) => hashOf(pod) === nameOf(wanted)).length
    const updated = withHash(revision.update)
    const done = updated === wantedOf(set) && own.length === wantedOf(set) && own.every((pod) => isAvailable(set, pod))
    const isRolling = text(set, 'spec', 'updateStrategy', 'type') === 'RollingUpdate'
    const current = done && isRolling ? revision.update : revision.current
    const status = compact({
      observedGeneration: integer(set, 'metadata', 'generation'),
      replicas: own.length,
      readyReplicas: unlessZero(own.filter(isReady).length),
      currentReplicas: unlessZero(withHash(current)),
      updatedReplicas: unlessZero(updated),
      currentRevision: nameOf(current),
      updateRevision: nameOf(revision.update),
      collisionCount: 0,
      availableReplicas: own.filter((pod) => isAvailable(set, pod)).length,
    })
    writes.update(
      { resource: statefulSets, namespace: namespaceOf(set), name: nameOf(set) },
      (stored) => ({ ...stored, status }),
      {
        ...options,
        subresource: 'status',
      },
    )
  }

  const reconcile = (key: string) => {
    const [namespace = '', name = ''] = key.split('/')
    const set = store.get(statefulSets, namespace, name)
    if (set === undefined || isDeleting(set)) return
    const update = revisions.current(set)
    const known = text(set, 'status', 'currentRevision')
    const current = revisions.of(set).find((revision) => nameOf(revision) === known) ?? update
    if (!fill(set, { current, update })) roll(set, update)
    saveStatus(set, { current, update })
    revisions.prune(set, new Set([nameOf(current), nameOf(update), ...podsOf(set).map(hashOf)]))
  }

  const queue = createWorkQueue(clock, reconcile)
  return {
    hear: ({ resource, object, type }) => {
      if (resource === statefulSets && type !== 'DELETED') queue.add(keyOf(object))
      const owner = resource === pods ? controllerOf(object) : undefined
      if (text(owner, 'kind') === 'StatefulSet') queue.add(`${namespaceOf(object)}/${text(owner, 'name')}`)
    },
    stop: () => queue.stop(),
  }
}

const ordinalOf = (pod: JsonObject) => Number(/-(\d+)$/.exec(nameOf(pod))?.[1] ?? 0)
