import type { JsonObject } from '../../../json.ts'
import type { Resource } from '../resources.ts'
import type { Controller, ControllerParts } from './parts.ts'
import { integer, list, put, record, text } from '../fields.ts'
import { nameOf, namespaceOf, stamp, uidOf } from '../objects.ts'
import { autoscalerVerdict, type Load } from './autoscaler-verdict.ts'
import { controllerManager, keyOf } from './parts.ts'
import { createWorkQueue } from './work-queue.ts'

export interface Autoscaler extends Controller {
  setLoad(autoscaler: { readonly namespace: string; readonly name: string }, percent: number | undefined): void
}

const syncMs = 15_000
const stabilizationMs = 300_000

/** HorizontalPodAutoscaler → replicas of its target, at its next sync after something moved. */
export function createAutoscalerController(parts: ControllerParts): Autoscaler {
  const { clock, store, writes, resources, event } = parts
  const autoscalers = resources.of('autoscaling/v2', 'HorizontalPodAutoscaler')
  const loads = new Map<string, Load>()
  /** Recommendations of the last minutes, by uid: shrinking waits for the highest of them to age. */
  const recommendations = new Map<string, readonly { readonly at: number; readonly replicas: number }[]>()
  const component = 'horizontal-pod-autoscaler'

  const targetOf = (autoscaler: JsonObject): { resource: Resource; object: JsonObject } | undefined => {
    const reference = record(autoscaler, 'spec', 'scaleTargetRef')
    const resource = resources
      .all()
      .find((one) => one.kind === text(reference, 'kind') && one.subresources.includes('scale'))
    const object =
      resource === undefined ? undefined : store.get(resource, namespaceOf(autoscaler), text(reference, 'name'))
    return resource === undefined || object === undefined ? undefined : { resource, object }
  }

  const stabilized = (autoscaler: JsonObject, wanted: number): number => {
    const window =
      (integer(autoscaler, 'spec', 'behavior', 'scaleDown', 'stabilizationWindowSeconds') ?? stabilizationMs / 1000) *
      1000
    const now = clock.now()
    const recent = [...(recommendations.get(uidOf(autoscaler)) ?? []), { at: now, replicas: wanted }].filter(
      (one) => one.at > now - window,
    )
    recommendations.set(uidOf(autoscaler), recent.slice(-100))
    const oldest = recent[0]
    if (oldest !== undefined && recent.some((one) => one.replicas > wanted))
      queue.addAfter(keyOf(autoscaler), Math.max(syncMs, oldest.at + window - now + 1))
    return Math.max(wanted, ...recent.map((one) => one.replicas))
  }

  const save = (autoscaler: JsonObject, status: JsonObject) =>
    writes.update(
      { resource: autoscalers, namespace: namespaceOf(autoscaler), name: nameOf(autoscaler) },
      (current) => ({ ...current, status }),
      {
        manager: controllerManager,
        subresource: 'status',
      },
    )

  const reconcile = (key: string) => {
    const [namespace = '', name = ''] = key.split('/')
    const autoscaler = store.get(autoscalers, namespace, name)
    if (autoscaler === undefined) return
    const target = targetOf(autoscaler)
    const ready = integer(target?.object, 'status', 'readyReplicas') ?? 0
    const verdict = autoscalerVerdict({
      autoscaler,
      target: target?.object,
      ready,
      load: loads.get(key),
      stabilize: (wanted) => stabilized(autoscaler, wanted),
    })
    const { current, desired } = verdict
    const conditions = verdict.conditions.map((condition) => {
      const before = list(autoscaler, 'status', 'conditions').find((one) => one['type'] === condition['type'])
      const since = before?.['status'] === condition['status'] ? text(before, 'lastTransitionTime') : stamp(clock.now())
      return { ...condition, lastTransitionTime: since }
    })
    save(autoscaler, {
      ...(desired === current ? record(autoscaler, 'status') : { lastScaleTime: stamp(clock.now()) }),
      observedGeneration: integer(autoscaler, 'metadata', 'generation') ?? 1,
      currentReplicas: current,
      desiredReplicas: desired,
      currentMetrics: verdict.metrics,
      conditions,
    })
    if (verdict.trouble !== undefined) event({ about: autoscaler, type: 'Warning', ...verdict.trouble, component })
    if (target === undefined || desired === current) return
    writes.update(
      { resource: target.resource, namespace, name: nameOf(target.object) },
      (object) => put(object, ['spec', 'replicas'], desired),
      { manager: controllerManager, subresource: 'scale' },
    )
    event({
      about: autoscaler,
      type: 'Normal',
      reason: 'SuccessfulRescale',
      message: `New size: ${desired}; reason: ${verdict.why}`,
      component,
    })
  }

  const queue = createWorkQueue(clock, reconcile)
  const later = (autoscaler: JsonObject) => queue.addAfter(keyOf(autoscaler), syncMs)
  return {
    hear: ({ type, resource, object, previous }) => {
      if (resource === autoscalers) {
        if (type === 'DELETED') recommendations.delete(uidOf(object))
        else if (type === 'ADDED') queue.add(keyOf(object))
        else if (previous?.['spec'] !== object['spec']) later(object)
        return
      }
      if (!resource.subresources.includes('scale') || type !== 'MODIFIED') return
      const moved = ['spec', 'status'].some((part) => countsOf(object, part) !== countsOf(previous ?? {}, part))
      if (!moved) return
      for (const autoscaler of store.each(autoscalers)) {
        const reference = record(autoscaler, 'spec', 'scaleTargetRef')
        const isTarget =
          namespaceOf(autoscaler) === namespaceOf(object) &&
          text(reference, 'kind') === resource.kind &&
          text(reference, 'name') === nameOf(object)
        if (isTarget) later(autoscaler)
      }
    },
    setLoad: ({ namespace, name }, percent) => {
      const key = `${namespace}/${name}`
      if (percent === undefined) loads.delete(key)
      else loads.set(key, { percent })
      queue.addAfter(key, syncMs)
    },
    stop: () => queue.stop(),
  }
}

const countsOf = (object: JsonObject, part: string) =>
  `${integer(object, part, 'replicas') ?? 0} ${integer(object, part, 'readyReplicas') ?? 0}`
