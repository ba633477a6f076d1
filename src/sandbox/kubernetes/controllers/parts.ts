import type { Clock } from '../../../time/clock.ts'
import type { JsonObject } from '../../../json.ts'
import type { EventRecorder } from '../events.ts'
import type { ObjectStore } from '../object-store.ts'
import type { Resource, Resources } from '../resources.ts'
import type { ServerVersion } from '../server-version.ts'
import type { Change } from '../watch-history.ts'
import type { Writes } from '../writes.ts'
import { controllerUidOf, nameOf, namespaceOf, uidOf } from '../objects.ts'

/** What every controller works with. */
export interface ControllerParts {
  readonly clock: Clock
  readonly store: ObjectStore
  readonly writes: Writes
  readonly resources: Resources
  readonly event: EventRecorder
  readonly version: ServerVersion
}

/** A controller hears every change and works later, on the clock. */
export interface Controller {
  hear(change: Change): void
  stop(): void
}

export const controllerManager = 'kube-controller-manager'

/** `namespace/name` of an object, as work queues know it. */
export const keyOf = (object: JsonObject) => `${namespaceOf(object)}/${nameOf(object)}`

/** The objects of one kind that `owner` controls, in the order of their names. */
export function ownedBy(store: ObjectStore, resource: Resource, owner: JsonObject): readonly JsonObject[] {
  const uid = uidOf(owner)
  return store.list(resource, namespaceOf(owner)).filter((object) => controllerUidOf(object) === uid)
}
