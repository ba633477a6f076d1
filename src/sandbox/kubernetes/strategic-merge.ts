import type { Json, JsonObject } from '../../json.ts'
import { ApiError } from './api-error.ts'
import { isList, isObject, same, text } from './fields.ts'
import { isContainerList, listMerge } from './merge-keys.ts'

const orderPrefix = '$setElementOrder/'
const deletePrefix = '$deleteFromPrimitiveList/'

/** Strategic merge patch: lists with a merge key are merged member by member. `inside` says whether `document` is a container. */
export function applyStrategicMerge(document: JsonObject, patch: JsonObject, inside = ''): JsonObject {
  const directive = patch['$patch']
  if (directive === 'replace') return withoutDirectives(patch)
  if (directive === 'delete') return {}
  const retained = patch['$retainKeys']
  const result: Record<string, Json> = {}
  for (const [key, value] of Object.entries(document))
    if (!isList(retained) || retained.includes(key)) result[key] = value

  for (const [key, value] of Object.entries(patch)) {
    if (key === '$patch' || key === '$retainKeys' || key.startsWith(orderPrefix)) continue
    if (key.startsWith(deletePrefix)) {
      const field = key.slice(deletePrefix.length)
      const present = result[field]
      if (isList(present) && isList(value))
        result[field] = present.filter((item) => !value.some((gone) => same(item, gone)))
      continue
    }
    const present = result[key]
    if (value === null) delete result[key]
    else if (isObject(value)) result[key] = applyStrategicMerge(isObject(present) ? present : {}, value)
    else if (isList(value)) result[key] = mergeList(isList(present) ? present : [], value, { field: key, inside })
    else result[key] = value
  }
  for (const [key, order] of Object.entries(patch)) {
    if (!key.startsWith(orderPrefix)) continue
    const field = key.slice(orderPrefix.length)
    const present = result[field]
    if (isList(present) && isList(order))
      result[field] = inOrder(present, { order, before: document[field], merge: listMerge(field, inside) })
  }
  return result
}

interface Where {
  readonly field: string
  readonly inside: string
}

function mergeList(present: readonly Json[], patch: readonly Json[], { field, inside }: Where): readonly Json[] {
  const merge = listMerge(field, inside)
  if (merge === 'replace') return patch.map(withoutDirectivesDeep)
  if (merge === 'primitive') return [...present, ...patch.filter((item) => !present.some((one) => same(one, item)))]
  const items = patch.filter(isObject)
  const own = items.filter((item) => !('$patch' in item && Object.keys(item).length === 1))
  if (items.some((item) => item['$patch'] === 'replace')) return own.map((item) => withoutDirectives(item))
  const result = [...present]
  for (const item of own) {
    const value = item[merge.key]
    if (value === undefined)
      throw new ApiError(500, { message: `map: ${goMap(item)} does not contain declared merge key: ${merge.key}` })
    const position = result.findIndex((one) => isObject(one) && same(one[merge.key], value))
    const existing = result[position]
    if (item['$patch'] === 'delete') {
      if (position >= 0) result.splice(position, 1)
    } else {
      const merged = applyStrategicMerge(
        isObject(existing) ? existing : {},
        item,
        isContainerList(field) ? 'container' : '',
      )
      if (position >= 0) result[position] = merged
      else result.push(merged)
    }
  }
  return result
}

interface Ordering {
  readonly order: readonly Json[]
  readonly before: Json | undefined
  readonly merge: ReturnType<typeof listMerge>
}

/** Members named by the patch come in its order; the server's other members keep their place among them. */
function inOrder(items: readonly Json[], { order, before, merge }: Ordering): readonly Json[] {
  const identity = (item: Json) =>
    typeof merge === 'object' && isObject(item) ? JSON.stringify(item[merge.key] ?? null) : JSON.stringify(item)
  const rank = new Map(order.map((item, position) => [identity(item), position]))
  const old = new Map((isList(before) ? before : []).map((item, position) => [identity(item), position]))
  const named = items
    .filter((item) => rank.has(identity(item)))
    .sort((a, b) => (rank.get(identity(a)) ?? 0) - (rank.get(identity(b)) ?? 0))
  const others = items.filter((item) => !rank.has(identity(item)))
  const place = (item: Json) => old.get(identity(item)) ?? Number.MAX_SAFE_INTEGER
  const result: Json[] = []
  for (const item of named) {
    while (others[0] !== undefined && place(others[0]) < place(item)) result.push(...others.splice(0, 1))
    result.push(item)
  }
  return [...result, ...others]
}

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(patch)
      .filter(([key, value]) => !key.startsWith('$') && value !== null)
      .map(([key, value]) => [key, withoutDirectivesDeep(value)]),
  )
}

function withoutDirectivesDeep(value: Json): Json {
  if (isList(value)) return value.map(withoutDirectivesDeep)
  return isObject(value) ? withoutDirectives(value) : value
}

function goMap(item: JsonObject): string {
  const members = Object.keys(item).sort()
  return `map[${members.map((key) => `${key}:${text(item, key) || JSON.stringify(item[key])}`).join(' ')}]`
}
