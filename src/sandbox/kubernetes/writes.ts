import type { Clock } from '../../time/clock.ts'
import type { JsonObject } from '../../json.ts'
import type { Admission } from './admission.ts'
import type { ObjectStore } from './object-store.ts'
import type { Random } from './random.ts'
import type { Resource, Resources } from './resources.ts'
import type { ServerVersion } from './server-version.ts'
import { ApiError, alreadyExists, badRequest, conflict, forbidden, invalid, notFound } from './api-error.ts'
import { withDefaults } from './defaults.ts'
import { compact, integer, put, record, same, text, texts } from './fields.ts'
import { withManagedFields } from './managed-fields.ts'
import { isDeleting, nameOf, namespaceOf, stamp, uidOf } from './objects.ts'
import { groupVersion, qualifiedKind } from './resources.ts'
import { prepareUpdate } from './update-rules.ts'
import { causesOf } from './validation.ts'

export interface WriteOptions {
  /** `fieldManager`, as `managedFields` shows it. */
  readonly manager: string
  readonly mode?: 'write' | 'dry-run'
  readonly subresource?: 'status' | 'scale'
}

export interface DeleteOptions extends WriteOptions {
  readonly uid?: string
  readonly resourceVersion?: string
  readonly gracePeriodSeconds?: number
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan'
}

interface ObjectKey {
  readonly resource: Resource
  readonly namespace: string
  readonly name: string
}

const validate = (resource: Resource, object: JsonObject, before: JsonObject | undefined) => {
  const causes = causesOf(resource, object, before)
  if (causes.length > 0) throw invalid(resource, nameOf(object), causes)
}

/** The last finalizer is gone, and no grace period runs: the update that took it away removes the object. */
const isFinished = (object: JsonObject) =>
  isDeleting(object) &&
  texts(object, 'metadata', 'finalizers').length === 0 &&
  integer(object, 'metadata', 'deletionGracePeriodSeconds') === undefined

export interface Writes {
  create(resource: Resource, object: JsonObject, options: WriteOptions): JsonObject
  /** `change` gets the stored object and may throw an `ApiError`. */
  update(key: ObjectKey, change: (current: JsonObject) => JsonObject, options: WriteOptions): JsonObject
  /** The object as it was last; `gone` tells whether it is removed or waits for finalizers or its grace period. */
  remove(key: ObjectKey, options: DeleteOptions): { readonly object: JsonObject; readonly gone: boolean }
}

interface Parts {
  readonly clock: Clock
  readonly random: Random
  readonly store: ObjectStore
  readonly resources: Resources
  readonly admission: Admission
  readonly version: ServerVersion
}

/** The only door to the store: the rules that the API server applies to every write, whoever it comes from. */
export function createWrites({ clock, random, store, resources, admission, version }: Parts): Writes {
  const now = () => stamp(clock.now())
  const namespaces = resources.of('v1', 'Namespace')
  const untracked = new Set(['Pod', 'Event', 'Node', 'Lease'])

  const tracked = (resource: Resource, next: JsonObject, context: { before?: JsonObject; options: WriteOptions }) =>
    untracked.has(resource.kind)
      ? next
      : withManagedFields(next, context.before, {
          manager: context.options.manager,
          apiVersion: groupVersion(resource),
          time: now(),
          ...(context.options.subresource === undefined ? {} : { subresource: context.options.subresource }),
        })

  const firstGeneration = (resource: Resource) =>
    resource.generation !== undefined || (resource.kind === 'Pod' && version.podGeneration) ? 1 : undefined

  const generatedName = (prefix: string) => (prefix === '' ? '' : prefix.slice(0, 58) + random.suffix())

  return {
    create: (resource, proposed, options) => {
      const metadata = record(proposed, 'metadata')
      const namespace = namespaceOf(proposed)
      const name = nameOf(proposed) || generatedName(text(metadata, 'generateName'))
      if (text(metadata, 'resourceVersion') !== '')
        throw new ApiError(400, {
          reason: 'BadRequest',
          message: 'resourceVersion should not be set on objects to be created',
        })
      if (resource.namespaced) {
        const space = store.get(namespaces, '', namespace)
        if (space === undefined) throw notFound(namespaces, namespace)
        if (isDeleting(space))
          throw forbidden(resource, {
            name,
            why: `unable to create new content in namespace ${namespace} because it is being terminated`,
          })
      }
      const keepsStatus = options.subresource === 'status' || !resource.subresources.includes('status')
      const bare = compact({
        ...proposed,
        apiVersion: groupVersion(resource),
        kind: resource.kind,
        metadata: compact({
          ...metadata,
          name: name || undefined,
          namespace: resource.namespaced ? namespace : undefined,
          uid: random.uid(),
          creationTimestamp: now(),
          generation: firstGeneration(resource),
          resourceVersion: undefined,
          managedFields: undefined,
          deletionTimestamp: undefined,
        }),
        status: keepsStatus ? proposed['status'] : resource.kind === 'Pod' ? { phase: 'Pending' } : {},
      })
      const object = withDefaults(resource, bare)
      validate(resource, object, undefined)
      if (store.get(resource, resource.namespaced ? namespace : '', name) !== undefined)
        throw alreadyExists(resource, name)
      const admitted = admission.admit(resource, object, 'CREATE')
      const whole = tracked(resource, admitted, { options })
      return options.mode === 'dry-run' ? whole : store.insert(resource, whole)
    },

    update: ({ resource, namespace, name }, change, options) => {
      const current = store.get(resource, namespace, name)
      if (current === undefined) throw notFound(resource, name)
      const proposed = change(current)
      checkIdentity(resource, proposed, current)
      const next = prepareUpdate(resource, { proposed, current, subresource: options.subresource })
      if (
        same(
          put(next, ['metadata', 'managedFields'], undefined),
          put(current, ['metadata', 'managedFields'], undefined),
        )
      )
        return current
      validate(resource, next, current)
      const admitted = options.subresource === 'status' ? next : admission.admit(resource, next, 'UPDATE')
      const whole = tracked(resource, admitted, { before: current, options })
      if (options.mode === 'dry-run') return whole
      if (isFinished(whole) && resource.kind !== 'Namespace') return store.remove(resource, whole)
      return store.replace(resource, whole, current)
    },

    remove: ({ resource, namespace, name }, options) => {
      const current = store.get(resource, namespace, name)
      if (current === undefined) throw notFound(resource, name)
      if (options.uid !== undefined && options.uid !== uidOf(current))
        throw new ApiError(409, {
          reason: 'Conflict',
          message: `Operation cannot be fulfilled on ${qualifiedKind(resource)} "${name}": the UID in the precondition (${options.uid}) does not match the UID in record (${uidOf(current)}). The object might have been deleted and then recreated`,
          details: compact({ name, group: resource.group || undefined, kind: resource.kind }),
        })
      if (
        options.resourceVersion !== undefined &&
        options.resourceVersion !== text(current, 'metadata', 'resourceVersion')
      )
        throw conflict(resource, name)
      if (options.mode === 'dry-run') return { object: current, gone: true }
      admission.admit(resource, current, 'DELETE')
      const finalizers = deletionFinalizers(current, options.propagation)
      const grace = graceOf(resource, current, options)
      if (finalizers.length === 0 && grace === 0) return { object: store.remove(resource, current), gone: true }
      if (isDeleting(current) && grace !== 0) return { object: current, gone: false }
      const metadata = compact({
        ...record(current, 'metadata'),
        deletionTimestamp: stamp(clock.now() + Math.max(0, grace) * 1000),
        deletionGracePeriodSeconds: grace > 0 ? grace : undefined,
        finalizers: finalizers.length === 0 ? undefined : finalizers,
      })
      const marked: JsonObject = { ...current, metadata }
      const whole = resource.kind === 'Namespace' ? put(marked, ['status', 'phase'], 'Terminating') : marked
      return { object: store.replace(resource, whole, current), gone: false }
    },
  }
}

function checkIdentity(resource: Resource, proposed: JsonObject, current: JsonObject) {
  const name = nameOf(current)
  if (nameOf(proposed) !== name)
    throw badRequest(`the name of the object (${nameOf(proposed)}) does not match the name on the URL (${name})`)
  if (namespaceOf(proposed) !== namespaceOf(current))
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  const uid = uidOf(proposed)
  if (uid !== '' && uid !== uidOf(current))
    throw invalid(resource, name, [
      {
        reason: 'FieldValueInvalid',
        field: 'metadata.uid',
        message: `Invalid value: ${JSON.stringify(uid)}: field is immutable`,
      },
    ])
  const version = text(proposed, 'metadata', 'resourceVersion')
  if (version !== '' && version !== text(current, 'metadata', 'resourceVersion')) throw conflict(resource, name)
}

function deletionFinalizers(object: JsonObject, propagation: DeleteOptions['propagation']): readonly string[] {
  const kept = texts(object, 'metadata', 'finalizers')
  return propagation === 'Orphan' ? [...new Set([...kept, 'orphan'])] : kept
}

/** Seconds that a pod on a node has to end; everything else goes at once, namespaces when they are empty. */
function graceOf(resource: Resource, object: JsonObject, options: DeleteOptions): number {
  if (resource.kind === 'Namespace') return isDeleting(object) ? 0 : -1
  if (resource.kind !== 'Pod' || text(object, 'spec', 'nodeName') === '') return 0
  return options.gracePeriodSeconds ?? integer(object, 'spec', 'terminationGracePeriodSeconds') ?? 30
}
