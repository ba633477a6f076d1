import { isDeepStrictEqual } from 'node:util'
import type { PatchOperation } from '../clusters/cluster.ts'
import type { Json } from '../json.ts'
import { at, isList, isObject, segmentsOf } from './pointer.ts'

export type Patching =
  | { readonly ok: true; readonly value: Json }
  /** `path` of the operation that does not apply or whose `test` does not hold. */
  | { readonly ok: false; readonly path: string }

/**
 * RFC 6902 as the API server applies it: a `test` for null also holds where there is no value
 * (evanphx/json-patch 4, tried on Kubernetes 1.37).
 */
export function applyPatch(root: Json, operations: readonly PatchOperation[]): Patching {
  let value: Json | undefined = root
  for (const operation of operations) {
    if (operation.op === 'test') {
      if (!isDeepStrictEqual(at(value, operation.path) ?? null, operation.value))
        return { ok: false, path: operation.path }
      continue
    }
    value = changed(value, segmentsOf(operation.path), operation)
    if (value === undefined) return { ok: false, path: operation.path }
  }
  return { ok: true, value }
}

type Edit = Exclude<PatchOperation, { readonly op: 'test' }>

const inserted = (edit: Edit): readonly Json[] => (edit.op === 'test' || edit.op === 'remove' ? [] : [edit.value])

/** Undefined: the edit does not apply here. */
function changed(value: Json, path: readonly string[], edit: Edit): Json | undefined {
  const [segment, ...rest] = path
  if (segment === undefined) return inserted(edit)[0]
  if (isList(value)) return changedList(value, { segment, rest, edit })
  if (!isObject(value)) return undefined
  const present = Object.hasOwn(value, segment) ? value[segment] : undefined
  if (rest.length > 0) {
    const inner = present === undefined ? undefined : changed(present, rest, edit)
    return inner === undefined ? undefined : { ...value, [segment]: inner }
  }
  if (present === undefined && edit.op !== 'add') return undefined
  const others = Object.entries(value).filter(([key]) => key !== segment)
  return Object.fromEntries([...others, ...inserted(edit).map((item) => [segment, item] as const)])
}

interface ListEdit {
  readonly segment: string
  readonly rest: readonly string[]
  readonly edit: Edit
}

function changedList(list: readonly Json[], { segment, rest, edit }: ListEdit): Json | undefined {
  const index =
    segment === '-' && edit.op === 'add' ? list.length : /^(0|[1-9]\d{0,9})$/.test(segment) ? Number(segment) : -1
  if (rest.length > 0) {
    const present = list[index]
    const inner = present === undefined ? undefined : changed(present, rest, edit)
    return inner === undefined ? undefined : list.with(index, inner)
  }
  if (index < 0 || index > list.length || (index === list.length && edit.op !== 'add')) return undefined
  return list.toSpliced(index, edit.op === 'add' ? 0 : 1, ...inserted(edit))
}
