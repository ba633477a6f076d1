import type { JsonObject } from '../../../json.ts'
import type { Controller, ControllerParts } from './parts.ts'
import { ApiError } from '../api-error.ts'
import { compact, integer, list, text } from '../fields.ts'
import { conditionOf, controllerOf, isDeleting, nameOf, namespaceOf, stamp, uidOf } from '../objects.ts'
import { controllerManager, keyOf, ownedBy } from './parts.ts'
import { deletionOrder, isActive, isReady, podFrom, untilAvailable } from './pod-template.ts'
import { wantedOf, unlessZero } from './rolling.ts'
import { createWorkQueue } from './work-queue.ts'

/** ReplicaSet → Pods. */
export function createReplicaSetController(parts: ControllerParts): Controller {
  const { clock, store, writes, resources, event, version } = parts
  const replicaSets = resources.of('apps/v1', 'ReplicaSet')
  const pods = resources.of('v1', 'Pod')
  const options = { manager: controllerManager }
  const component = 'replicaset-controller'
  /** Failed creations in a row, by the set's uid: the next try waits longer. */
  const failures = new Map<string, { readonly tries: number; readonly message: string; readonly retryAt: number }>()

  const create = (set: JsonObject, count: number): string | undefined => {
    for (let made = 0; made < count; made += 1) {
      try {
        const pod = writes.create(pods, podFrom(set, { generateName: `${nameOf(set)}-` }), options)
        event({
          about: set,
          type: 'Normal',
          reason: 'SuccessfulCreate',
          message: `Created pod: ${nameOf(pod)}`,
          component,
        })
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        event({
          about: set,
          type: 'Warning',
          reason: 'FailedCreate',
          message: `Error creating: ${error.message}`,
          component,
        })
        return error.message
      }
    }
    return undefined
  }

  const remove = (set: JsonObject, gone: readonly JsonObject[]) => {
    for (const pod of gone) {
      writes.remove({ resource: pods, namespace: namespaceOf(pod), name: nameOf(pod) }, options)
      event({
        about: set,
        type: 'Normal',
        reason: 'SuccessfulDelete',
        message: `Deleted pod: ${nameOf(pod)}`,
        component,
      })
    }
  }

  const saveStatus = (set: JsonObject, failure: string | undefined) => {
    const all = ownedBy(store, pods, set)
    const active = all.filter(isActive)
    const settle = integer(set, 'spec', 'minReadySeconds') ?? 0
    const waits = active.map((pod) => untilAvailable(pod, settle, clock.now()))
    const soonest = Math.min(...waits.filter((ms) => ms !== undefined && ms > 0).map(Number))
    if (Number.isFinite(soonest)) queue.addAfter(keyOf(set), soonest)
    const status = compact({
      replicas: active.length,
      fullyLabeledReplicas: unlessZero(active.length),
      readyReplicas: unlessZero(active.filter(isReady).length),
      availableReplicas: unlessZero(waits.filter((ms) => ms === 0).length),
      terminatingReplicas: version.countsTerminating ? all.filter(isDeleting).length : undefined,
      observedGeneration: integer(set, 'metadata', 'generation'),
      conditions: conditionsOf(set, failure),
    })
    writes.update(
      { resource: replicaSets, namespace: namespaceOf(set), name: nameOf(set) },
      (current) => ({ ...current, status }),
      {
        ...options,
        subresource: 'status',
      },
    )
  }

  const conditionsOf = (set: JsonObject, failure: string | undefined) => {
    const others = list(set, 'status', 'conditions').filter((one) => text(one, 'type') !== 'ReplicaFailure')
    const present = conditionOf(set, 'ReplicaFailure')
    if (failure === undefined) return others.length === 0 ? undefined : others
    const next: JsonObject = {
      type: 'ReplicaFailure',
      status: 'True',
      lastTransitionTime: stamp(clock.now()),
      reason: 'FailedCreate',
      message: failure,
    }
    // The first words stay while it fails for the same reason.
    return [...others, present ?? next]
  }

  const reconcile = (key: string) => {
    const [namespace = '', name = ''] = key.split('/')
    const set = store.get(replicaSets, namespace, name)
    if (set === undefined) return
    const active = ownedBy(store, pods, set).filter(isActive)
    const missing = wantedOf(set) - active.length
    const uid = uidOf(set)
    const earlier = failures.get(uid)
    const waits = earlier !== undefined && clock.now() < earlier.retryAt
    const message = missing <= 0 || isDeleting(set) ? undefined : waits ? earlier.message : create(set, missing)
    if (missing < 0) remove(set, [...active].sort(deletionOrder).slice(0, -missing))
    if (message === undefined) failures.delete(uid)
    else if (!waits) {
      const tries = (earlier?.tries ?? 0) + 1
      const pause = Math.min(60_000, 500 * 2 ** tries)
      failures.set(uid, { tries, message, retryAt: clock.now() + pause })
      queue.addAfter(key, pause)
    }
    saveStatus(set, message)
  }

  const queue = createWorkQueue(clock, reconcile)
  return {
    hear: ({ resource, object, type }) => {
      if (resource === replicaSets) {
        if (type === 'DELETED') failures.delete(uidOf(object))
        else queue.add(keyOf(object))
      }
      const owner = resource === pods ? controllerOf(object) : undefined
      if (text(owner, 'kind') === 'ReplicaSet') queue.add(`${namespaceOf(object)}/${text(owner, 'name')}`)
    },
    stop: () => queue.stop(),
  }
}
