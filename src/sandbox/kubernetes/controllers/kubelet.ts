import type { JsonObject } from '../../../json.ts'
import type { LogBook } from '../log-book.ts'
import type { PodLife } from '../pod-life.ts'
import type { Controller, ControllerParts } from './parts.ts'
import { text } from '../fields.ts'
import { isDeleting, nameOf, namespaceOf, uidOf } from '../objects.ts'
import { createPodLife } from '../pod-life.ts'
import { podStatus } from '../pod-status.ts'

export interface Kubelet extends Controller {
  life(podUid: string): PodLife | undefined
}

/** Plays the kubelet of every node: one life for each pod that is bound. */
export function createKubelet(parts: ControllerParts & { readonly logs: LogBook }): Kubelet {
  const { clock, store, writes, resources, event, logs } = parts
  const pods = resources.of('v1', 'Pod')
  const lives = new Map<string, PodLife>()
  let addresses = 1

  const begin = (pod: JsonObject) => {
    addresses += 1
    const key = { resource: pods, namespace: namespaceOf(pod), name: nameOf(pod) }
    const node = text(pod, 'spec', 'nodeName')
    const present = () => {
      const found = store.get(pods, key.namespace, key.name)
      return uidOf(found) === uidOf(pod) ? found : undefined
    }
    const life = createPodLife({
      clock,
      pod,
      logs,
      ip: `10.244.${Math.floor(addresses / 250) % 250}.${(addresses % 250) + 2}`,
      event: (facts) => event({ about: present() ?? pod, component: 'kubelet', host: node, ...facts }),
      report: (report) => {
        const found = present()
        if (found === undefined || isDeleting(found)) return
        writes.update(key, (current) => ({ ...current, status: podStatus(current, report, clock.now()) }), {
          manager: 'kubelet',
          subresource: 'status',
        })
      },
      ended: () => {
        if (present() !== undefined) writes.remove(key, { manager: 'kubelet', gracePeriodSeconds: 0, uid: uidOf(pod) })
      },
    })
    lives.set(uidOf(pod), life)
  }

  return {
    hear: ({ type, resource, object }) => {
      if (resource !== pods || text(object, 'spec', 'nodeName') === '') return
      const uid = uidOf(object)
      const life = lives.get(uid)
      if (type === 'DELETED') {
        life?.stop()
        lives.delete(uid)
        logs.forget(uid)
      } else if (life === undefined && !isDeleting(object)) {
        // Held by a timer of its own, so that the change that binds the pod is told to everybody first.
        const cancel = clock.after(0, () => {
          const found = store.get(pods, namespaceOf(object), nameOf(object))
          if (uidOf(found) !== uid || found === undefined) return
          begin(found)
          // It was deleted before it had begun.
          if (isDeleting(found)) lives.get(uid)?.end()
        })
        lives.set(uid, { fail: () => undefined, setReady: () => undefined, end: () => undefined, stop: cancel })
      } else if (isDeleting(object)) life?.end()
    },
    stop: () => {
      for (const life of lives.values()) life.stop()
      lives.clear()
    },
    life: (podUid) => lives.get(podUid),
  }
}
