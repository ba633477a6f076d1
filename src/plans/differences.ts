import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject } from '../json.ts'
import { annotationPath, causeAnnotation, operationAnnotation, restartPath } from './bookkeeping.ts'
import type { Difference, Effect } from './plan.ts'
import { isList, isObject, pointer, segmentsOf } from './pointer.ts'

/** A difference before masking. `name` is what the value is called: an annotation's key, a variable's name, else the field. */
export interface Found extends Difference {
  readonly name: string
}

/** What the server keeps for itself, and what we add to every patch. */
const ignored = [
  '/status',
  ...['managedFields', 'resourceVersion', 'generation', 'selfLink', 'creationTimestamp'].map(
    (field) => `/metadata/${field}`,
  ),
  ...[
    operationAnnotation,
    causeAnnotation,
    'deployment.kubernetes.io/revision',
    'deprecated.daemonset.template.generation',
  ].map(annotationPath),
]

/** Live object against dry run, by value; order: as the API server writes its fields. */
export function differencesBetween(live: JsonObject, after: JsonObject, effect: Effect): readonly Found[] {
  const paths = effect.kind === 'restart' ? [...ignored, restartPath] : ignored
  const [before, stored] = [live, after].map((object) =>
    paths.reduce<Json>((rest, path) => without(rest, segmentsOf(path)), object),
  )
  return differ({ path: '', name: '', before, after: stored })
}

/** Without the value there, and without the object that it leaves empty. */
function without(value: Json, [segment, ...rest]: readonly string[]): Json {
  if (segment === undefined || !isObject(value) || !Object.hasOwn(value, segment)) return value
  const { [segment]: member, ...others } = value
  if (rest.length === 0 || member === undefined) return others
  const inner = without(member, rest)
  const emptied = isObject(inner) && Object.keys(inner).length === 0
  return emptied ? others : { ...others, [segment]: inner }
}

interface Pair {
  readonly path: string
  readonly name: string
  readonly before: Json | undefined
  readonly after: Json | undefined
}

function differ({ path, name, before, after }: Pair): readonly Found[] {
  if (isObject(before) && isObject(after)) {
    return union(Object.keys(before), Object.keys(after)).flatMap((key) =>
      differ({ path: `${path}${pointer([key])}`, name: key, before: own(before, key), after: own(after, key) }),
    )
  }
  const lists = isList(before) && isList(after) ? namedPair(before, after) : undefined
  if (lists) {
    return union([...lists.before.keys()], [...lists.after.keys()]).flatMap((key) =>
      differMember({ path: `${path}[${key}]`, name: key, before: lists.before.get(key), after: lists.after.get(key) }),
    )
  }
  // The server writes some absent values as null in one answer and leaves them out in another.
  const [old, fresh] = [before ?? undefined, after ?? undefined]
  if (isDeepStrictEqual(old, fresh)) return []
  return [
    { path, name, ...(old === undefined ? {} : { before: old }), ...(fresh === undefined ? {} : { after: fresh }) },
  ]
}

/** `env[PASSWORD]/value` is called PASSWORD. */
const differMember = (pair: Pair): readonly Found[] =>
  differ(pair).map((found) => (found.path === `${pair.path}/value` ? { ...found, name: pair.name } : found))

const own = (object: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined

const union = (before: readonly string[], after: readonly string[]): readonly string[] => [
  ...new Set([...before, ...after]),
]

type Named = ReadonlyMap<string, Json>

/** Both lists by their members' names, when every member has one of its own and those in both stand in the same order. */
function namedPair(
  before: readonly Json[],
  after: readonly Json[],
): { readonly before: Named; readonly after: Named } | undefined {
  const [old, fresh] = [byName(before), byName(after)]
  if (!old || !fresh) return undefined
  const stayed = [...old.keys()].filter((key) => fresh.has(key))
  const standing = [...fresh.keys()].filter((key) => old.has(key))
  return isDeepStrictEqual(stayed, standing) ? { before: old, after: fresh } : undefined
}

function byName(list: readonly Json[]): Named | undefined {
  const named = new Map<string, Json>()
  for (const member of list) {
    const name = isObject(member) ? own(member, 'name') : undefined
    if (typeof name !== 'string' || named.has(name)) return undefined
    named.set(name, member)
  }
  return named
}
