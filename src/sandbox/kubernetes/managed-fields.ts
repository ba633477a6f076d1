import type { Json, JsonObject } from '../../json.ts'
import { compact, isList, isObject, list, put, record, same, text } from './fields.ts'
import { isContainerList, listMerge } from './merge-keys.ts'

export interface FieldWriter {
  readonly manager: string
  readonly apiVersion: string
  /** RFC 3339, whole seconds. */
  readonly time: string
  readonly subresource?: string
}

const unowned = new Set([
  'apiVersion',
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.resourceVersion',
  'metadata.generation',
  'metadata.creationTimestamp',
  'metadata.deletionTimestamp',
  'metadata.managedFields',
])

/** `next` with `metadata.managedFields` brought up to date: what changed belongs to the writer, and to nobody else any more. */
export function withManagedFields(next: JsonObject, before: JsonObject | undefined, writer: FieldWriter): JsonObject {
  const changed = changedTree(before ?? {}, next, { path: '', inside: '' })
  const gone = changedTree(next, before ?? {}, { path: '', inside: '' })
  const isOwn = (entry: JsonObject) =>
    text(entry, 'manager') === writer.manager && text(entry, 'subresource') === (writer.subresource ?? '')
  const entries = list(before, 'metadata', 'managedFields')
  const mine = entries.find(isOwn)
  const others = entries
    .filter((entry) => !isOwn(entry))
    .map((entry) => put(entry, ['fieldsV1'], subtract(subtract(record(entry, 'fieldsV1'), changed), gone)))
    .filter((entry) => Object.keys(record(entry, 'fieldsV1')).length > 0)
  const owned = union(subtract(record(mine, 'fieldsV1'), gone), changed)
  const own = compact({
    manager: writer.manager,
    operation: 'Update',
    apiVersion: writer.apiVersion,
    time: writer.time,
    fieldsType: 'FieldsV1',
    fieldsV1: owned,
    subresource: writer.subresource,
  })
  return put(next, ['metadata', 'managedFields'], Object.keys(owned).length === 0 ? others : [...others, own])
}

interface Place {
  readonly path: string
  readonly inside: string
}

/** The leaves of `after` that `before` has not, or has otherwise. */
function changedTree(before: JsonObject, after: JsonObject, place: Place): JsonObject {
  const tree: Record<string, Json> = {}
  for (const [key, value] of Object.entries(after)) {
    const path = place.path === '' ? key : `${place.path}.${key}`
    const old = before[key]
    if (unowned.has(path) || same(old, value)) continue
    const below = isObject(value)
      ? changedTree(isObject(old) ? old : {}, value, { path, inside: '' })
      : isList(value)
        ? changedItems(isList(old) ? old : [], value, { path: key, inside: place.inside })
        : {}
    if (!isObject(value) || Object.keys(below).length > 0 || Object.keys(value).length === 0) tree[`f:${key}`] = below
  }
  return tree
}

function changedItems(before: readonly Json[], after: readonly Json[], place: Place): JsonObject {
  const merge = listMerge(place.path, place.inside)
  if (typeof merge === 'string') return {}
  const tree: Record<string, Json> = {}
  const inside = isContainerList(place.path) ? 'container' : ''
  for (const item of after) {
    if (!isObject(item)) continue
    const old = before.find((one) => isObject(one) && same(one[merge.key], item[merge.key]))
    if (same(old, item)) continue
    const below = changedTree(isObject(old) ? old : {}, item, { path: 'item', inside })
    tree[`k:${JSON.stringify({ [merge.key]: item[merge.key] ?? null })}`] =
      old === undefined ? { '.': {}, ...below } : below
  }
  return tree
}

function union(left: JsonObject, right: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...left }
  for (const [key, value] of Object.entries(right)) {
    const present = result[key]
    result[key] = isObject(present) && isObject(value) ? union(present, value) : value
  }
  return result
}

function subtract(left: JsonObject, right: JsonObject): JsonObject {
  const result: Record<string, Json> = {}
  for (const [key, value] of Object.entries(left)) {
    const removed = right[key]
    if (!isObject(removed) || !isObject(value)) result[key] = value
    else if (Object.keys(value).length > 0) {
      const kept = subtract(value, removed)
      if (Object.keys(kept).length > 0) result[key] = kept
    }
  }
  return result
}
