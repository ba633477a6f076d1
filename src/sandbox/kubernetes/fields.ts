import type { Json, JsonObject } from '../../json.ts'

/** Reading and writing inside JSON values that are never changed in place: stored objects are shared by watchers, history and answers. */
export type Path = readonly (string | number)[]

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

export function at(value: Json | undefined, ...path: Path): Json | undefined {
  let here = value
  for (const step of path) {
    if (isList(here)) here = here[Number(step)]
    else if (isObject(here)) here = Object.hasOwn(here, step) ? here[step] : undefined
    else return undefined
  }
  return here
}

/** The text there, or the empty string. */
export function text(value: Json | undefined, ...path: Path): string {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : ''
}

export function integer(value: Json | undefined, ...path: Path): number | undefined {
  const found = at(value, ...path)
  return typeof found === 'number' ? found : undefined
}

export function flag(value: Json | undefined, ...path: Path): boolean {
  return at(value, ...path) === true
}

/** The objects of the list there; none when there is no list. */
export function list(value: Json | undefined, ...path: Path): readonly JsonObject[] {
  const found = at(value, ...path)
  return isList(found) ? found.filter(isObject) : []
}

export function texts(value: Json | undefined, ...path: Path): readonly string[] {
  const found = at(value, ...path)
  return isList(found) ? found.filter((item) => typeof item === 'string') : []
}

export function record(value: Json | undefined, ...path: Path): JsonObject {
  const found = at(value, ...path)
  return isObject(found) ? found : {}
}

/** Labels, annotations and the like. */
export function strings(value: Json | undefined, ...path: Path): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const [key, item] of Object.entries(record(value, ...path))) if (typeof item === 'string') found[key] = item
  return found
}

/** Without the members that are undefined. */
export function compact(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  const kept: Record<string, Json> = {}
  for (const [key, value] of Object.entries(members)) if (value !== undefined) kept[key] = value
  return kept
}

/** A copy with `value` at `path`; parents are made where absent, and undefined removes. Lists are entered by index, never made. */
export function put(object: JsonObject, path: Path, value: Json | undefined): JsonObject {
  const [step, ...rest] = path
  if (step === undefined) return isObject(value) ? value : object
  const next = rest.length === 0 ? value : putInside(object[step], rest, value)
  if (next === undefined && !Object.hasOwn(object, step)) return object
  return compact({ ...object, [step]: next })
}

function putInside(child: Json | undefined, path: Path, value: Json | undefined): Json | undefined {
  if (isList(child)) {
    const [index, ...rest] = path
    return child.map((item, position) =>
      position !== Number(index) ? item : rest.length === 0 ? (value ?? null) : (putInside(item, rest, value) ?? null),
    )
  }
  if (value === undefined && !isObject(child)) return child
  return put(isObject(child) ? child : {}, path, value)
}

/** Canonical text: equal values give equal text whatever the order of their members. */
export function canonical(value: Json): string {
  if (isList(value)) return `[${value.map(canonical).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.keys(value).sort()
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(',')}}`
}

export function same(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true
  if (left === undefined || right === undefined) return false
  if (isList(left))
    return isList(right) && left.length === right.length && left.every((item, index) => same(item, right[index]))
  if (!isObject(left) || !isObject(right)) return false
  const keys = Object.keys(left)
  return keys.length === Object.keys(right).length && keys.every((key) => same(left[key], right[key]))
}
