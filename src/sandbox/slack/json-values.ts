import type { Json, JsonObject } from '../../json.ts'

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** Undefined when it is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

export const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})

export const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : [])

/** Drops undefined members, so that optional fields can be written down plainly. */
export function compact(value: { readonly [key: string]: Json | undefined }): JsonObject {
  const result: Record<string, Json> = {}
  for (const [key, item] of Object.entries(value)) if (item !== undefined) result[key] = item
  return result
}
