import type { JsonObject } from '../../../json.ts'
import type { Controller, ControllerParts } from './parts.ts'
import { list, put, text, texts } from '../fields.ts'
import { isDeleting, nameOf, namespaceOf, uidOf } from '../objects.ts'
import { controllerManager } from './parts.ts'
import { createWorkQueue } from './work-queue.ts'

/** Removes what a removed owner leaves behind, releases orphans, and empties namespaces that are being deleted. */
export function createGarbageCollector({ clock, store, writes, resources }: ControllerParts): Controller {
  const options = { manager: controllerManager }
  const namespaces = resources.of('v1', 'Namespace')

  const dependents = (uid: string) =>
    resources
      .all()
      .flatMap((resource) =>
        [...store.each(resource)]
          .filter((object) => list(object, 'metadata', 'ownerReferences').some((owner) => text(owner, 'uid') === uid))
          .map((object) => ({ resource, object })),
      )

  const collect = (uid: string) => {
    for (const { resource, object } of dependents(uid))
      if (!isDeleting(object))
        writes.remove({ resource, namespace: namespaceOf(object), name: nameOf(object) }, options)
  }

  const release = (uid: string) => {
    const isNot = (owner: JsonObject) => text(owner, 'uid') !== uid
    for (const { resource, object } of dependents(uid))
      writes.update(
        { resource, namespace: namespaceOf(object), name: nameOf(object) },
        (current) =>
          put(current, ['metadata', 'ownerReferences'], list(current, 'metadata', 'ownerReferences').filter(isNot)),
        options,
      )
    for (const resource of resources.all())
      for (const owner of store.each(resource))
        if (uidOf(owner) === uid)
          writes.update(
            { resource, namespace: namespaceOf(owner), name: nameOf(owner) },
            (current) =>
              put(
                current,
                ['metadata', 'finalizers'],
                texts(current, 'metadata', 'finalizers').filter((one) => one !== 'orphan'),
              ),
            options,
          )
  }

  const empty = (name: string) => {
    const namespace = store.get(namespaces, '', name)
    if (namespace === undefined || !isDeleting(namespace)) return
    let left = 0
    for (const resource of resources.all().filter((one) => one.namespaced))
      for (const object of store.list(resource, name)) {
        const { gone } = writes.remove({ resource, namespace: name, name: nameOf(object) }, options)
        if (!gone) left += 1
      }
    if (left === 0) writes.remove({ resource: namespaces, namespace: '', name }, options)
  }

  const queue = createWorkQueue(clock, (key) => {
    const [what = '', which = ''] = key.split(' ')
    if (what === 'collect') collect(which)
    else if (what === 'release') release(which)
    else empty(which)
  })

  return {
    hear: ({ type, resource, object }) => {
      if (resource.kind === 'Event') return
      if (type === 'DELETED') queue.add(`collect ${uidOf(object)}`)
      if (isDeleting(object) && texts(object, 'metadata', 'finalizers').includes('orphan'))
        queue.add(`release ${uidOf(object)}`)
      if (resource === namespaces && isDeleting(object)) queue.add(`empty ${nameOf(object)}`)
      if (type === 'DELETED' && resource.kind === 'Pod') {
        const namespace = store.get(namespaces, '', namespaceOf(object))
        if (namespace !== undefined && isDeleting(namespace)) queue.add(`empty ${nameOf(namespace)}`)
      }
    },
    stop: () => queue.stop(),
  }
}
