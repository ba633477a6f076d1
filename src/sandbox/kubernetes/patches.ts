import type { Json, JsonObject } from '../../json.ts'
import type { Resource } from './resources.ts'
import { ApiError, badRequest, unsupportedMediaType } from './api-error.ts'
import { isList, isObject } from './fields.ts'
import { applyJsonPatch } from './json-patch.ts'
import { applyMergePatch } from './merge-patch.ts'
import { applyStrategicMerge } from './strategic-merge.ts'

const json = 'application/json-patch+json'
const merge = 'application/merge-patch+json'
const strategic = 'application/strategic-merge-patch+json'
const apply = 'application/apply-patch+yaml'

/** Reads a PATCH body once; the result may be applied to the newest state of the object, tests included, as often as needed. */
export function parsePatch(resource: Resource, contentType: string, body: string): (current: JsonObject) => JsonObject {
  const [type = ''] = contentType.split(';')
  const accepted = [json, merge, ...(resource.custom ? [] : [strategic])]
  switch (type.trim().toLowerCase()) {
    case json: {
      const patch = parseBody(body)
      return (current) => applyJsonPatch(current, patch)
    }
    case merge: {
      const patch = parseBody(body)
      if (!isObject(patch))
        throw badRequest(
          `error decoding patch: json: cannot unmarshal ${goType(patch)} into Go value of type map[string]interface {}`,
        )
      return (current) => applyMergePatch(current, patch)
    }
    case strategic: {
      if (resource.custom) throw unsupportedMediaType([...accepted, apply])
      const patch = parseBody(body)
      if (!isObject(patch))
        throw badRequest(`json: cannot unmarshal ${goType(patch)} into Go value of type map[string]interface {}`)
      return (current) => applyStrategicMerge(current, patch)
    }
    case apply:
      throw unsupportedMediaType(accepted)
    default:
      throw new ApiError(415, { reason: 'UnsupportedMediaType', message: '415: Unsupported Media Type', details: {} })
  }
}

function parseBody(body: string): Json {
  try {
    const parsed: Json = JSON.parse(body)
    return parsed
  } catch {
    throw badRequest('invalid JSON patch')
  }
}

const goType = (value: Json) => (isList(value) ? 'array' : isObject(value) ? 'object' : typeof value)
