import type { Json, JsonObject } from '../../json.ts'
import { at, flag, list, strings, text } from './fields.ts'

/** What every Kubernetes object carries in `metadata`, read. */
export const nameOf = (object: Json | undefined) => text(object, 'metadata', 'name')
export const namespaceOf = (object: Json | undefined) => text(object, 'metadata', 'namespace')
export const uidOf = (object: Json | undefined) => text(object, 'metadata', 'uid')
export const labelsOf = (object: Json | undefined) => strings(object, 'metadata', 'labels')
export const annotationsOf = (object: Json | undefined) => strings(object, 'metadata', 'annotations')
export const isDeleting = (object: Json | undefined) => text(object, 'metadata', 'deletionTimestamp') !== ''

/** The uid of the owner that controls this object, or the empty string. */
export function controllerUidOf(object: JsonObject): string {
  return text(controllerOf(object), 'uid')
}

export function controllerOf(object: JsonObject): JsonObject | undefined {
  return list(object, 'metadata', 'ownerReferences').find((owner) => flag(owner, 'controller'))
}

/** An owner reference to `owner` as its controller. */
export function controllerReference(owner: JsonObject): JsonObject {
  return {
    apiVersion: text(owner, 'apiVersion'),
    kind: text(owner, 'kind'),
    name: nameOf(owner),
    uid: uidOf(owner),
    controller: true,
    blockOwnerDeletion: true,
  }
}

/** `True`, `False`, `Unknown` or the empty string. */
export function conditionStatus(object: JsonObject, type: string): string {
  return text(conditionOf(object, type), 'status')
}

export function conditionOf(object: JsonObject, type: string): JsonObject | undefined {
  return list(object, 'status', 'conditions').find((condition) => text(condition, 'type') === type)
}

/** RFC 3339 in whole seconds, as `metadata` has it. */
export const stamp = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')

/** RFC 3339 with six digits, as MicroTime must have it. */
export const microStamp = (ms: number) => new Date(ms).toISOString().replace('Z', '000Z')

/** Epoch ms of an RFC 3339 text there; 0 when absent. */
export function timeAt(object: Json | undefined, ...path: readonly (string | number)[]): number {
  const found = at(object, ...path)
  const parsed = typeof found === 'string' ? Date.parse(found) : Number.NaN
  return Number.isNaN(parsed) ? 0 : parsed
}
