import type { JsonObject } from '../../../json.ts'
import { compact, record, strings } from '../fields.ts'
import {
  conditionOf,
  conditionStatus,
  controllerReference,
  isDeleting,
  nameOf,
  namespaceOf,
  timeAt,
} from '../objects.ts'
import { text } from '../fields.ts'

/** A pod made from the template of its controller. */
export function podFrom(
  owner: JsonObject,
  identity: { readonly name: string } | { readonly generateName: string },
): JsonObject {
  const template = record(owner, 'spec', 'template')
  const annotations = strings(template, 'metadata', 'annotations')
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: compact({
      ...identity,
      namespace: namespaceOf(owner),
      labels: strings(template, 'metadata', 'labels'),
      annotations: Object.keys(annotations).length === 0 ? undefined : annotations,
      ownerReferences: [controllerReference(owner)],
    }),
    spec: record(template, 'spec'),
  }
}

export const isActive = (pod: JsonObject) =>
  !isDeleting(pod) && !['Succeeded', 'Failed'].includes(text(pod, 'status', 'phase'))

export const isReady = (pod: JsonObject) => conditionStatus(pod, 'Ready') === 'True'

/** Ms until a ready pod counts as available; 0 when it does, undefined when it is not ready. */
export function untilAvailable(pod: JsonObject, minReadySeconds: number, now: number): number | undefined {
  if (!isReady(pod)) return undefined
  return minReadySeconds === 0
    ? 0
    : Math.max(0, timeAt(conditionOf(pod, 'Ready'), 'lastTransitionTime') + minReadySeconds * 1000 - now)
}

const rank = (pod: JsonObject) =>
  (text(pod, 'spec', 'nodeName') === '' ? 0 : 4) +
  (text(pod, 'status', 'phase') === 'Running' ? 2 : 0) +
  (isReady(pod) ? 1 : 0)

/** Which pods go first when there are too many: unscheduled, then not running, then not ready, then the youngest. */
export function deletionOrder(a: JsonObject, b: JsonObject): number {
  return (
    rank(a) - rank(b) ||
    timeAt(b, 'metadata', 'creationTimestamp') - timeAt(a, 'metadata', 'creationTimestamp') ||
    nameOf(a).localeCompare(nameOf(b))
  )
}
