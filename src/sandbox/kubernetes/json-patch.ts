import type { Json, JsonObject } from '../../json.ts'
import { ApiError, badRequest, patchDoesNotApply } from './api-error.ts'
import { isList, isObject, same } from './fields.ts'

const maxOperations = 10_000

/**
 * RFC 6902 as evanphx/json-patch v4 does it inside the API server: `replace` of an absent member adds it, a `test` for null holds
 * where nothing stands, negative indexes count from the end. What does not apply is 422 with one fixed text, whichever operation it was.
 */
export function applyJsonPatch(document: JsonObject, patch: Json): JsonObject {
  if (!isList(patch))
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${isObject(patch) ? 'object' : typeof patch} into Go value of type []handlers.jsonPatchOp`,
    )
  if (patch.length > maxOperations)
    throw new ApiError(413, {
      reason: 'RequestEntityTooLarge',
      message: `The allowed maximum operations in a JSON patch is ${maxOperations}, got ${patch.length}`,
    })
  let result: Json = document
  for (const operation of patch) {
    if (!isObject(operation)) throw badRequest('error decoding patch: json: cannot unmarshal operation')
    result = applyOperation(result, operation)
  }
  if (!isObject(result)) throw patchDoesNotApply()
  return result
}

function applyOperation(document: Json, operation: JsonObject): Json {
  const path = pointer(operation['path'])
  const value = operation['value'] ?? null
  switch (operation['op']) {
    case 'test':
      if (!same(read(document, path) ?? null, value)) throw patchDoesNotApply()
      return document
    case 'add':
      return write(document, path, { value, mode: 'add' })
    case 'replace':
      return write(document, path, { value, mode: 'replace' })
    case 'remove':
      return write(document, path, { mode: 'remove' })
    case 'move': {
      const from = pointer(operation['from'])
      const moved = present(read(document, from))
      return write(write(document, from, { mode: 'remove' }), path, { value: moved, mode: 'add' })
    }
    case 'copy':
      return write(document, path, { value: present(read(document, pointer(operation['from']))), mode: 'add' })
    default:
      throw patchDoesNotApply()
  }
}

function pointer(source: Json | undefined): readonly string[] {
  if (source === '') return []
  if (typeof source !== 'string' || !source.startsWith('/')) throw patchDoesNotApply()
  return source
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function present(value: Json | undefined): Json {
  if (value === undefined) throw patchDoesNotApply()
  return value
}

/** Undefined where the last member is absent; throws where a parent is. */
function read(document: Json, path: readonly string[]): Json | undefined {
  let here: Json | undefined = document
  for (const step of path) {
    if (isList(here)) here = here[index(here, step, here.length - 1)]
    else if (isObject(here)) here = Object.hasOwn(here, step) ? here[step] : undefined
    else throw patchDoesNotApply()
  }
  return here
}

type Edit = { readonly mode: 'add' | 'replace'; readonly value: Json } | { readonly mode: 'remove' }

function write(document: Json, path: readonly string[], edit: Edit): Json {
  const [step, ...rest] = path
  if (step === undefined) return edit.mode === 'remove' ? null : edit.value
  if (isList(document)) return writeList(document, { step, rest }, edit)
  if (!isObject(document)) throw patchDoesNotApply()
  const exists = Object.hasOwn(document, step)
  if (rest.length > 0) return { ...document, [step]: write(present(exists ? document[step] : undefined), rest, edit) }
  if (edit.mode !== 'remove') return { ...document, [step]: edit.value }
  if (!exists) throw patchDoesNotApply()
  const { [step]: _gone, ...kept } = document
  return kept
}

function writeList(document: readonly Json[], where: { step: string; rest: readonly string[] }, edit: Edit): Json {
  const { step, rest } = where
  if (rest.length > 0) {
    const position = index(document, step, document.length - 1)
    return document.with(position, write(present(document[position]), rest, edit))
  }
  if (edit.mode === 'add') {
    const position = step === '-' ? document.length : index(document, step, document.length)
    return document.toSpliced(position, 0, edit.value)
  }
  const position = index(document, step, document.length - 1)
  return edit.mode === 'remove' ? document.toSpliced(position, 1) : document.with(position, edit.value)
}

function index(list: readonly Json[], step: string, last: number): number {
  if (!/^-?\d+$/.test(step)) throw patchDoesNotApply()
  const position = step.startsWith('-') ? list.length + Number(step) : Number(step)
  if (position < 0 || position > last) throw patchDoesNotApply()
  return position
}
