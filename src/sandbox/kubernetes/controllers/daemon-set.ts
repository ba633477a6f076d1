import type { JsonObject } from '../../../json.ts'
import type { Controller, ControllerParts } from './parts.ts'
import { ApiError } from '../api-error.ts'
import { at, compact, flag, integer, list, put, record, strings, text } from '../fields.ts'
import { conditionStatus, controllerOf, isDeleting, labelsOf, nameOf, namespaceOf } from '../objects.ts'
import { createRevisions, hashLabel, hashOf } from './controller-revisions.ts'
import { controllerManager, keyOf, ownedBy } from './parts.ts'
import { isReady, podFrom, untilAvailable } from './pod-template.ts'
import { shareOf, unlessZero } from './rolling.ts'
import { nodeOf, onlyOn } from './daemon-pod.ts'
import { tolerates } from './scheduler.ts'
import { createWorkQueue } from './work-queue.ts'

const component = 'daemonset-controller'
const options = { manager: controllerManager }

/** DaemonSet → one pod for each node that it tolerates. */
export function createDaemonSetController(parts: ControllerParts): Controller {
  const { clock, store, writes, resources, event } = parts
  const daemonSets = resources.of('apps/v1', 'DaemonSet')
  const pods = resources.of('v1', 'Pod')
  const nodes = resources.of('v1', 'Node')
  const revisions = createRevisions(parts)

  const waitOf = (set: JsonObject, pod: JsonObject) =>
    untilAvailable(pod, integer(set, 'spec', 'minReadySeconds') ?? 0, clock.now())
  const isAvailable = (set: JsonObject, pod: JsonObject) => waitOf(set, pod) === 0 && !isDeleting(pod)

  const create = (set: JsonObject, node: string, revision: JsonObject) => {
    const made = podFrom(set, { generateName: `${nameOf(set)}-` })
    const labels = {
      ...labelsOf(made),
      [hashLabel]: hashOf(revision),
      'pod-template-generation': String(integer(set, 'metadata', 'generation') ?? 1),
    }
    const bound = onlyOn(node, put(made, ['metadata', 'labels'], labels))
    try {
      const pod = writes.create(pods, bound, options)
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
      queue.addAfter(keyOf(set), 5000)
    }
  }

  const remove = (set: JsonObject, pod: JsonObject) => {
    if (isDeleting(pod)) return
    writes.remove({ resource: pods, namespace: namespaceOf(pod), name: nameOf(pod) }, options)
    event({ about: set, type: 'Normal', reason: 'SuccessfulDelete', message: `Deleted pod: ${nameOf(pod)}`, component })
  }

  /** Replaces pods of older templates, as many at a time as may be unavailable. */
  const roll = (set: JsonObject, revision: JsonObject, wanted: number) => {
    if (text(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return
    const limit = at(set, 'spec', 'updateStrategy', 'rollingUpdate', 'maxUnavailable')
    const allowed = Math.max(1, shareOf(limit, wanted, 'up'))
    const present = ownedBy(store, pods, set)
    const old = present.filter((pod) => hashOf(pod) !== hashOf(revision) && !isDeleting(pod))
    const unavailableOld = old.filter((pod) => !isAvailable(set, pod))
    for (const pod of unavailableOld) remove(set, pod)
    const available = present.filter((pod) => isAvailable(set, pod)).length
    const room = Math.max(0, allowed - (wanted - available))
    for (const pod of old.filter((one) => !unavailableOld.includes(one)).slice(0, room)) remove(set, pod)
  }

  const saveStatus = (set: JsonObject, revision: JsonObject, eligible: readonly JsonObject[]) => {
    const own = ownedBy(store, pods, set).filter((pod) => !isDeleting(pod))
    const soonest = Math.min(...own.map((pod) => waitOf(set, pod) ?? 0).filter((ms) => ms > 0))
    if (Number.isFinite(soonest)) queue.addAfter(keyOf(set), soonest)
    const names = new Set(eligible.map(nameOf))
    const scheduled = own.filter((pod) => names.has(nodeOf(pod)))
    const available = scheduled.filter((pod) => isAvailable(set, pod)).length
    const status = compact({
      currentNumberScheduled: scheduled.length,
      numberMisscheduled: own.length - scheduled.length,
      desiredNumberScheduled: eligible.length,
      numberReady: scheduled.filter(isReady).length,
      observedGeneration: integer(set, 'metadata', 'generation'),
      updatedNumberScheduled: unlessZero(scheduled.filter((pod) => hashOf(pod) === hashOf(revision)).length),
      numberAvailable: unlessZero(available),
      numberUnavailable: unlessZero(eligible.length - available),
    })
    writes.update(
      { resource: daemonSets, namespace: namespaceOf(set), name: nameOf(set) },
      (stored) => ({ ...stored, status }),
      {
        ...options,
        subresource: 'status',
      },
    )
  }

  const reconcile = (key: string) => {
    const [namespace = '', name = ''] = key.split('/')
    const set = store.get(daemonSets, namespace, name)
    if (set === undefined || isDeleting(set)) return
    const revision = revisions.current(set)
    const eligible = store.list(nodes).filter((node) => isEligible(set, node))
    const present = ownedBy(store, pods, set)
    const onNode = new Map(present.map((pod) => [nodeOf(pod), pod]))
    const names = new Set(eligible.map(nameOf))
    for (const node of eligible) if (!onNode.has(nameOf(node))) create(set, nameOf(node), revision)
    for (const pod of present) if (!names.has(nodeOf(pod))) remove(set, pod)
    roll(set, revision, eligible.length)
    saveStatus(set, revision, eligible)
    revisions.prune(
      set,
      new Set([nameOf(revision), ...ownedBy(store, pods, set).map((pod) => `${name}-${hashOf(pod)}`)]),
    )
  }

  const queue = createWorkQueue(clock, reconcile)
  return {
    hear: ({ resource, object, type }) => {
      if (resource === daemonSets && type !== 'DELETED') queue.add(keyOf(object))
      const owner = resource === pods ? controllerOf(object) : undefined
      if (text(owner, 'kind') === 'DaemonSet') queue.add(`${namespaceOf(object)}/${text(owner, 'name')}`)
      if (resource === nodes) for (const set of store.each(daemonSets)) queue.add(keyOf(set))
    },
    stop: () => queue.stop(),
  }
}

/** Daemon pods run on cordoned nodes, but not past taints that they do not tolerate. */
function isEligible(set: JsonObject, node: JsonObject): boolean {
  const pod = { spec: record(set, 'spec', 'template', 'spec') }
  const labels = labelsOf(node)
  const fits = Object.entries(strings(pod, 'spec', 'nodeSelector')).every(([key, value]) => labels[key] === value)
  const taints = list(node, 'spec', 'taints').filter((taint) => text(taint, 'effect') !== 'PreferNoSchedule')
  const usable = flag(node, 'spec', 'unschedulable') || conditionStatus(node, 'Ready') !== ''
  return (
    usable &&
    fits &&
    taints.every((taint) => text(taint, 'key').startsWith('node.kubernetes.io/') || tolerates(pod, taint))
  )
}
