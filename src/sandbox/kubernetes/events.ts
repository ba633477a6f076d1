import type { Clock } from '../../time/clock.ts'
import type { JsonObject } from '../../json.ts'
import type { ObjectStore } from './object-store.ts'
import type { Random } from './random.ts'
import type { Resources } from './resources.ts'
import { integer, text } from './fields.ts'
import { microStamp, nameOf, namespaceOf, stamp, uidOf } from './objects.ts'

export interface EventFacts {
  readonly about: JsonObject
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  /** `deployment-controller`, `kubelet`, … */
  readonly component: string
  /** The node, for events of its kubelet. */
  readonly host?: string
  /** The scheduler writes the newer form: with `action` and `eventTime`, without count. */
  readonly action?: string
}

export type EventRecorder = (facts: EventFacts) => void

interface Parts {
  readonly clock: Clock
  readonly random: Random
  readonly store: ObjectStore
  readonly resources: Resources
  /** More events than this push out the oldest. */
  readonly limit: number
}

/** Writes Event objects; the same thing said again raises the count of the first. */
export function createEventRecorder({ clock, random, store, resources, limit }: Parts): EventRecorder {
  const events = resources.of('v1', 'Event')
  const known = new Map<string, { readonly namespace: string; readonly name: string }>()

  const forgetOldest = () => {
    for (const [key, { namespace, name }] of known) {
      if (known.size <= limit) return
      known.delete(key)
      const oldest = store.get(events, namespace, name)
      if (oldest !== undefined) store.remove(events, oldest)
    }
  }

  return ({ about, type, reason, message, component, host, action }) => {
    const namespace = namespaceOf(about) || 'default'
    const key = [uidOf(about), type, reason, message].join('\n')
    const seen = known.get(key)
    const before = seen === undefined ? undefined : store.get(events, seen.namespace, seen.name)
    const now = clock.now()
    if (before !== undefined) {
      const count = (integer(before, 'count') ?? 1) + 1
      store.replace(events, { ...before, count, lastTimestamp: stamp(now) }, before)
      return
    }
    const name = `${nameOf(about)}.${Math.floor(random.next() * 2 ** 48).toString(16)}`
    store.insert(events, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace, uid: random.uid(), creationTimestamp: stamp(now) },
      involvedObject: {
        kind: text(about, 'kind'),
        ...(namespaceOf(about) === '' ? {} : { namespace }),
        name: nameOf(about),
        uid: uidOf(about),
        apiVersion: text(about, 'apiVersion'),
        resourceVersion: text(about, 'metadata', 'resourceVersion'),
      },
      reason,
      message,
      type,
      ...(action === undefined
        ? {
            source: { component, ...(host === undefined ? {} : { host }) },
            firstTimestamp: stamp(now),
            lastTimestamp: stamp(now),
            count: 1,
            eventTime: null,
            reportingComponent: component,
            reportingInstance: host ?? '',
          }
        : {
            source: {},
            firstTimestamp: null,
            lastTimestamp: null,
            eventTime: microStamp(now),
            action,
            reportingComponent: component,
            reportingInstance: `${component}-1`,
          }),
    })
    known.delete(key)
    known.set(key, { namespace, name })
    forgetOldest()
  }
}
