import type { Clock } from '../../time/clock.ts'
import type { JsonObject } from '../../json.ts'
import type { Controllers } from './controllers/controllers.ts'
import type { LogBook } from './log-book.ts'
import type { ObjectStore } from './object-store.ts'
import type { Resources } from './resources.ts'
import type { Writes } from './writes.ts'
import { list, put, text } from './fields.ts'
import { computedLog } from './log-lines.ts'
import { applyMergePatch } from './merge-patch.ts'
import { nameOf, namespaceOf, stamp, uidOf } from './objects.ts'

export interface Reference {
  readonly apiVersion: string
  readonly kind: string
  /** `default` for namespaced kinds when absent. */
  readonly namespace?: string
  readonly name: string
}

export interface PodReference {
  readonly namespace: string
  readonly name: string
}

/** The cluster without HTTP, for tests and the page: same rules, no authentication. Throws `ApiError`. */
export interface DirectAccess {
  create(manifest: JsonObject): JsonObject
  get(reference: Reference): JsonObject | undefined
  list(kind: Pick<Reference, 'apiVersion' | 'kind' | 'namespace'>): readonly JsonObject[]
  /** JSON merge patch; `subresource: 'status'` for the status. */
  patch(reference: Reference & { readonly subresource?: 'status' }, patch: JsonObject): JsonObject
  delete(reference: Reference): void
  /** A container dies and is started again after its back-off, as after an OOM kill. */
  failPod(pod: PodReference, how: { readonly reason: string; readonly exitCode: number }): void
  /** The readiness probe fails with that message, or holds again when there is none. */
  failReadiness(pod: PodReference, message: string | undefined): void
  setNodeReady(node: string, status: 'True' | 'False' | 'Unknown'): void
  /** One more line in a container's log; the first container when none is named. */
  appendLog(pod: PodReference & { readonly container?: string }, line: string): void
  /** CPU that the pods of an autoscaler's target use together, in percent of one pod's request; undefined means that metrics are missing. */
  setLoad(autoscaler: PodReference, percent: number | undefined): void
}

interface Parts {
  readonly clock: Clock
  readonly store: ObjectStore
  readonly writes: Writes
  readonly resources: Resources
  readonly controllers: Controllers
  readonly logs: LogBook
}

export function createDirectAccess({ clock, store, writes, resources, controllers, logs }: Parts): DirectAccess {
  const options = { manager: 'direct' }
  const pods = resources.of('v1', 'Pod')
  const keyOf = ({ apiVersion, kind, namespace, name }: Reference) => {
    const resource = resources.of(apiVersion, kind)
    return { resource, namespace: resource.namespaced ? (namespace ?? 'default') : '', name }
  }
  const lifeOf = ({ namespace, name }: PodReference) => {
    const life = controllers.kubelet.life(uidOf(store.get(pods, namespace, name)))
    if (life === undefined) throw new Error(`no pod ${namespace}/${name} runs on a node`)
    return life
  }

  return {
    create: (manifest) => {
      const resource = resources.of(text(manifest, 'apiVersion'), text(manifest, 'kind'))
      const placed =
        resource.namespaced && namespaceOf(manifest) === ''
          ? put(manifest, ['metadata', 'namespace'], 'default')
          : manifest
      return writes.create(resource, placed, options)
    },
    get: (reference) => {
      const { resource, namespace, name } = keyOf(reference)
      return store.get(resource, namespace, name)
    },
    list: ({ apiVersion, kind, namespace }) => store.list(resources.of(apiVersion, kind), namespace),
    patch: (reference, patch) =>
      writes.update(keyOf(reference), (current) => applyMergePatch(current, patch), {
        ...options,
        ...(reference.subresource === undefined ? {} : { subresource: reference.subresource }),
      }),
    delete: (reference) => {
      writes.remove(keyOf(reference), options)
    },
    failPod: (pod, how) => lifeOf(pod).fail(how),
    failReadiness: (pod, message) =>
      lifeOf(pod).setReady(message === undefined ? { status: 'ready' } : { status: 'not-ready', message }),
    setNodeReady: (name, status) => {
      const resource = resources.of('v1', 'Node')
      const reason = status === 'True' ? 'KubeletReady' : status === 'False' ? 'KubeletNotReady' : 'NodeStatusUnknown'
      writes.update(
        { resource, namespace: '', name },
        (current) =>
          put(
            current,
            ['status', 'conditions'],
            list(current, 'status', 'conditions').map((one) =>
              text(one, 'type') === 'Ready' ? { ...one, status, reason, lastTransitionTime: stamp(clock.now()) } : one,
            ),
          ),
        { ...options, subresource: 'status' },
      )
    },
    appendLog: ({ namespace, name, container }, line) => {
      const pod = store.get(pods, namespace, name)
      if (pod === undefined) throw new Error(`no pod ${namespace}/${name}`)
      const key = { podUid: uidOf(pod), container: container ?? text(list(pod, 'spec', 'containers')[0], 'name') }
      const run = logs.current(key)
      if (run === undefined) throw new Error(`${nameOf(pod)} has not started yet`)
      logs.append(key, { at: clock.now(), after: computedLog(pod, run).own(clock.now()), text: line })
    },
    setLoad: (autoscaler, percent) => controllers.setLoad(autoscaler, percent),
  }
}
