import type { Json, JsonObject } from '../../json.ts'
import { isObject } from './fields.ts'

/** RFC 7386: null removes, objects are merged, everything else replaces. */
export function applyMergePatch(document: JsonObject, patch: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...document }
  for (const [key, value] of Object.entries(patch)) {
    const present = document[key]
    if (value === null) delete result[key]
    else if (isObject(value)) result[key] = applyMergePatch(isObject(present) ? present : {}, value)
    else result[key] = value
  }
  return result
}
