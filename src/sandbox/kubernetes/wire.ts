import type { JsonObject } from '../../json.ts'
import type { Resource } from './resources.ts'
import type { ServerVersion } from './server-version.ts'
import { isObject, put, record } from './fields.ts'

/** How stored objects look on the wire. Texts are kept as long as the object lives: lists and watches repeat them. */
export interface Wire {
  object(object: JsonObject): JsonObject
  text(object: JsonObject): string
  /** As a member of a typed list, which leaves out kind and apiVersion. */
  item(resource: Resource, object: JsonObject): string
}

export function createWire(version: ServerVersion): Wire {
  const whole = new WeakMap<JsonObject, string>()
  const items = new WeakMap<JsonObject, string>()
  const object = (stored: JsonObject) => (version.omitsNullTimes ? stored : withNullTimes(stored))
  const text = (stored: JsonObject) => {
    const known = whole.get(stored)
    if (known !== undefined) return known
    const made = JSON.stringify(object(stored))
    whole.set(stored, made)
    return made
  }
  return {
    object,
    text,
    item: (resource, stored) => {
      if (resource.custom) return text(stored)
      const known = items.get(stored)
      if (known !== undefined) return known
      const { kind: _kind, apiVersion: _apiVersion, ...rest } = object(stored)
      const made = JSON.stringify(rest)
      items.set(stored, made)
      return made
    },
  }
}

/** Before 1.34 the metadata of a pod template carried `creationTimestamp: null`. */
function withNullTimes(stored: JsonObject): JsonObject {
  const template = record(stored, 'spec')['template']
  if (!isObject(template)) return stored
  return put(stored, ['spec', 'template', 'metadata'], { creationTimestamp: null, ...record(template, 'metadata') })
}
