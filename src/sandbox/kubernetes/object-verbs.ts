import type { JsonObject } from '../../json.ts'
import type { Answer, ApiRequest } from './api-request.ts'
import type { Target } from './routes.ts'
import type { Wire } from './wire.ts'
import type { DeleteOptions, WriteOptions, Writes } from './writes.ts'
import type { ObjectStore } from './object-store.ts'
import type { ServerVersion } from './server-version.ts'
import { parse as parseYaml } from 'yaml'
import type { ApiError } from './api-error.ts'
import { badRequest, invalid, notFound, resourceDetails, unsupportedMediaType } from './api-error.ts'
import { ok } from './api-request.ts'
import { invalidValue, unsupportedValue } from './causes.ts'
import { integer, isObject, put, record, text } from './fields.ts'
import { checkFields } from './known-fields.ts'
import { queryPredicate } from './lists.ts'
import { nameOf, namespaceOf, uidOf } from './objects.ts'
import { parsePatch } from './patches.ts'
import { groupVersion } from './resources.ts'
import { scaled, scaleOf } from './scale.ts'

interface Parts {
  readonly store: ObjectStore
  readonly writes: Writes
  readonly wire: Wire
  readonly version: ServerVersion
}

const keyOf = ({ resource, namespace, name }: Target) => ({ resource, namespace, name })

/** GET of one, POST, PUT, PATCH and DELETE, after authorization. */
export function createObjectVerbs({ store, writes, wire, version }: Parts) {
  const shown = (target: Target, object: JsonObject): JsonObject =>
    target.subresource === 'scale' ? scaleOf(object) : wire.object(object)

  const get = (target: Target): JsonObject => {
    const found = store.get(target.resource, target.namespace, target.name)
    if (found === undefined) throw notFound(target.resource, target.name)
    return found
  }

  /** Strange fields are refused, told of or ignored, and never stored, in kinds with a schema. */
  const known = (
    target: Target,
    object: JsonObject,
    context: { request: ApiRequest; warnings: string[] },
  ): JsonObject => {
    const wish = context.request.query.get('fieldValidation') ?? ''
    const { object: kept, unknown, fault } = checkFields(target.resource, object)
    if (fault !== undefined) throw decodingFault(context.request.method, target, { object, fault })
    if (unknown.length > 0 && version.validatesFields && wish === 'Strict')
      throw decodingFault(context.request.method, target, {
        object,
        fault: `strict decoding error: ${unknown.join(', ')}`,
      })
    if (unknown.length > 0 && version.validatesFields && wish !== 'Ignore') context.warnings.push(...unknown)
    return kept
  }

  const create = (target: Target, request: ApiRequest): Answer => {
    const object = readBody(request, target)
    const kind = text(object, 'kind')
    const apiVersion = text(object, 'apiVersion')
    if (
      (kind !== '' && kind !== target.resource.kind) ||
      (apiVersion !== '' && apiVersion !== groupVersion(target.resource))
    )
      throw badRequest(
        `${kind} in version "${apiVersion}" cannot be handled as a ${target.resource.kind}: no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`,
      )
    const namespace = namespaceOf(object)
    if (target.resource.namespaced && namespace !== '' && namespace !== target.namespace)
      throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
    const warnings: string[] = []
    const placed = target.resource.namespaced ? put(object, ['metadata', 'namespace'], target.namespace) : object
    const made = writes.create(
      target.resource,
      known(target, placed, { request, warnings }),
      writeOptions(request, target),
    )
    return { kind: 'json', code: 201, body: shown(target, made), warnings }
  }

  const update = (target: Target, request: ApiRequest): Answer => {
    const object = readBody(request, target)
    const warnings: string[] = []
    const next = writes.update(
      keyOf(target),
      (current) => {
        if (target.subresource === 'scale') return scaled(target.resource, current, object)
        return known(
          target,
          {
            ...object,
            metadata: { name: nameOf(current), namespace: namespaceOf(current), ...record(object, 'metadata') },
          },
          { request, warnings },
        )
      },
      writeOptions(request, target),
    )
    return ok(shown(target, next), warnings)
  }

  const patch = (target: Target, request: ApiRequest): Answer => {
    const apply = parsePatch(target.resource, request.header('content-type') ?? '', request.body)
    const warnings: string[] = []
    const next = writes.update(
      keyOf(target),
      (current) => {
        if (target.subresource === 'scale') return scaled(target.resource, current, apply(scaleOf(current)))
        return known(target, apply(current), { request, warnings })
      },
      writeOptions(request, target),
    )
    return ok(shown(target, next), warnings)
  }

  const remove = (target: Target, request: ApiRequest): Answer => {
    const { object, gone } = writes.remove(keyOf(target), deleteOptions(request, target))
    if (!gone || target.resource.kind === 'Pod') return ok(wire.object(object))
    return ok({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { ...resourceDetails(target.resource, target.name), uid: uidOf(object) },
    })
  }

  const removeMany = (target: Target, request: ApiRequest): Answer => {
    const matches = queryPredicate(request.query, target.resource.kind)
    const found = store.list(target.resource, target.namespace).filter(matches)
    for (const object of found)
      writes.remove(
        { resource: target.resource, namespace: namespaceOf(object), name: nameOf(object) },
        deleteOptions(request, target),
      )
    return ok({
      kind: `${target.resource.kind}List`,
      apiVersion: groupVersion(target.resource),
      metadata: { resourceVersion: String(store.version()) },
      items: found,
    })
  }

  return { get: (target: Target) => ok(shown(target, get(target))), create, update, patch, remove, removeMany }
}

/** A body that does not decode: 400; a patch whose result does not: 422 with that whole result in it. */
function decodingFault(
  method: string,
  { resource }: Target,
  { object, fault }: { object: JsonObject; fault: string },
): ApiError {
  if (method !== 'PATCH')
    return badRequest(
      `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: ${fault}`,
    )
  return invalid({ group: '', kind: '' }, '', [invalidValue('patch', JSON.stringify(object), fault)])
}

function readBody(request: ApiRequest, target: Target): JsonObject {
  const [type = ''] = (request.header('content-type') ?? 'application/json').split(';')
  const isYaml = type.trim() === 'application/yaml'
  if (!isYaml && type.trim() !== 'application/json')
    throw unsupportedMediaType(['application/json', 'application/yaml'])
  try {
    const parsed: unknown = isYaml ? parseYaml(request.body) : JSON.parse(request.body)
    const again: JsonObject = JSON.parse(JSON.stringify(parsed))
    if (isObject(again)) return again
  } catch {
    // Answered below, as for a body that is no object.
  }
  throw badRequest(
    `the object provided is unrecognized (must be of type ${target.resource.kind}): couldn't get version/kind; json parse error: unexpected end of JSON input (${request.body.slice(0, 60)})`,
  )
}

/** `dryRun`, and who writes: `fieldManager`, else the first part of the user agent. */
function writeOptions(request: ApiRequest, target: Target): WriteOptions {
  const wishes = request.query.getAll('dryRun')
  const optionsKind =
    { PATCH: 'PatchOptions', POST: 'CreateOptions', PUT: 'UpdateOptions' }[request.method] ?? 'DeleteOptions'
  if (wishes.some((wish) => wish !== 'All' && wish !== ''))
    throw invalid({ group: 'meta.k8s.io', kind: optionsKind }, '', [unsupportedValue('dryRun', wishes, ['All'])])
  const [agent = 'unknown'] = (request.header('user-agent') ?? 'unknown').split('/')
  const manager = request.query.get('fieldManager') ?? agent
  const { subresource } = target
  return {
    manager,
    mode: wishes.includes('All') ? 'dry-run' : 'write',
    ...(subresource === 'status' || subresource === 'scale' ? { subresource } : {}),
  }
}

function deleteOptions(request: ApiRequest, target: Target): DeleteOptions {
  const body = request.body.trim() === '' ? {} : readBody(request, target)
  const bodyDryRun = Array.isArray(body['dryRun']) && body['dryRun'].includes('All')
  const grace = integer(body, 'gracePeriodSeconds') ?? Number(request.query.get('gracePeriodSeconds') ?? Number.NaN)
  const propagation = text(body, 'propagationPolicy') || (request.query.get('propagationPolicy') ?? '')
  const uid = text(body, 'preconditions', 'uid')
  const resourceVersion = text(body, 'preconditions', 'resourceVersion')
  return {
    ...writeOptions(request, target),
    ...(bodyDryRun ? { mode: 'dry-run' as const } : {}),
    ...(Number.isNaN(grace) ? {} : { gracePeriodSeconds: grace }),
    ...(propagation === 'Orphan' || propagation === 'Foreground' || propagation === 'Background'
      ? { propagation }
      : {}),
    ...compactTexts({ uid, resourceVersion }),
  }
}

const compactTexts = (members: { uid: string; resourceVersion: string }) => ({
  ...(members.uid === '' ? {} : { uid: members.uid }),
  ...(members.resourceVersion === '' ? {} : { resourceVersion: members.resourceVersion }),
})
