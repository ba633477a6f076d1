import type { JsonObject } from '../../json.ts'
import type { Resource } from './resources.ts'
import { compact } from './fields.ts'
import { qualified, qualifiedKind } from './resources.ts'

/** A `Status` that says no, worded as kube-apiserver 1.37 words it. */
export class ApiError extends Error {
  readonly status: JsonObject
  readonly code: number
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: number,
    parts: { reason?: string; message: string; details?: JsonObject; headers?: Record<string, string> },
  ) {
    super(parts.message)
    this.name = new.target.name
    this.code = code
    this.headers = parts.headers ?? {}
    this.status = compact({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: parts.message,
      reason: parts.reason,
      details: parts.details,
      code,
    })
  }
}

/** One fault of one field, as `details.causes` lists it. */
export interface Cause {
  readonly reason:
    | 'FieldValueInvalid'
    | 'FieldValueRequired'
    | 'FieldValueForbidden'
    | 'FieldValueDuplicate'
    | 'FieldValueNotSupported'
  readonly field: string
  readonly message: string
}

type Named = Pick<Resource, 'group' | 'plural'>

export function resourceDetails(resource: Named, name: string): JsonObject {
  return compact({ name: name || undefined, group: resource.group || undefined, kind: resource.plural })
}

export const notFound = (resource: Named, name: string) =>
  new ApiError(404, {
    reason: 'NotFound',
    message: `${qualified(resource)} "${name}" not found`,
    details: resourceDetails(resource, name),
  })

export const alreadyExists = (resource: Named, name: string) =>
  new ApiError(409, {
    reason: 'AlreadyExists',
    message: `${qualified(resource)} "${name}" already exists`,
    details: resourceDetails(resource, name),
  })

export const conflict = (resource: Named, name: string) =>
  new ApiError(409, {
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${qualified(resource)} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
    details: resourceDetails(resource, name),
  })

export const forbidden = (resource: Named, target: { name: string; why: string }) =>
  new ApiError(403, {
    reason: 'Forbidden',
    message: `${qualified(resource)}${target.name === '' ? '' : ` "${target.name}"`} is forbidden: ${target.why}`,
    details: resourceDetails(resource, target.name),
  })

export function invalid(resource: Pick<Resource, 'group' | 'kind'>, name: string, causes: readonly Cause[]) {
  const faults = causes.map((cause) => `${cause.field}: ${cause.message}`)
  const all = faults.length === 1 ? faults.join('') : `[${faults.join(', ')}]`
  return new ApiError(422, {
    reason: 'Invalid',
    message: `${qualifiedKind(resource)} "${name}" is invalid: ${all}`,
    details: compact({
      name: name || undefined,
      group: resource.group || undefined,
      kind: resource.kind || undefined,
      causes: causes.map(({ reason, message, field }) => ({ reason, message, field })),
    }),
  })
}

/** What a JSON Patch gets whose operations do not hold; the server does not say which. */
export const patchDoesNotApply = () =>
  new ApiError(422, {
    reason: 'Invalid',
    message: 'the server rejected our request due to an error in our request',
    details: {},
  })

export const badRequest = (message: string) => new ApiError(400, { reason: 'BadRequest', message })

export const unauthorized = () => new ApiError(401, { reason: 'Unauthorized', message: 'Unauthorized' })

export const unsupportedMediaType = (accepted: readonly string[]) =>
  new ApiError(415, {
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  })

export const noSuchRoute = () =>
  new ApiError(404, { reason: 'NotFound', message: 'the server could not find the requested resource', details: {} })

export const methodNotAllowed = () =>
  new ApiError(405, {
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  })

export const expired = (message: string) => new ApiError(410, { reason: 'Expired', message })
