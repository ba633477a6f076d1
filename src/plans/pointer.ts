import type { Json, JsonObject } from '../json.ts'

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** RFC 6901: `['metadata', 'annotations', 'a/b']` → `/metadata/annotations/a~1b`. */
export const pointer = (segments: readonly (string | number)[]): string =>
  segments.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

export const segmentsOf = (path: string): readonly string[] =>
  path === ''
    ? []
    : path
        .slice(1)
        .split('/')
        .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))

const member = (value: Json | undefined, segment: string): Json | undefined => {
  if (isList(value)) return /^(0|[1-9]\d{0,9})$/.test(segment) ? value[Number(segment)] : undefined
  return isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined
}

/** The value at a JSON pointer, or undefined where there is none. */
export function at(root: Json, path: string): Json | undefined {
  let found: Json | undefined = root
  for (const segment of segmentsOf(path)) found = member(found, segment)
  return found
}

/** The text at a JSON pointer, or empty. */
export function textAt(root: Json, path: string): string {
  const value = at(root, path)
  return typeof value === 'string' ? value : ''
}

/** The object at a JSON pointer, or an empty one. */
export function objectAt(root: Json, path: string): JsonObject {
  const value = at(root, path)
  return isObject(value) ? value : {}
}

/** The list at a JSON pointer, or an empty one. */
export function listAt(root: Json, path: string): readonly Json[] {
  const value = at(root, path)
  return isList(value) ? value : []
}
