import { createHash } from 'node:crypto'
import type { PatchOperation } from '../clusters/cluster.ts'
import type { Json } from '../json.ts'
import type { Found } from './differences.ts'
import { Fingerprint } from './plan.ts'
import { isList, isObject } from './pointer.ts'

/** What an approval is for. Differences as they are, before masking: a masked value that changes makes another fingerprint. */
export interface Approvable {
  readonly cluster: string
  readonly uid: string
  readonly action: string
  /** Without bookkeeping. */
  readonly patch: readonly PatchOperation[]
  readonly differences: readonly Found[]
  /** The part of the object that the change rests on: the patch's `test` operations. */
  readonly tests: readonly PatchOperation[]
  /** What it rests on outside of that object. */
  readonly besides: Json
}

/** The same for the same change of the same object in the same state, whatever the order of members or differences. */
export function fingerprintOf({ cluster, uid, action, patch, differences, tests, besides }: Approvable): Fingerprint {
  const changes = differences
    .map(({ path, before, after }) => ({
      path,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  const text = canonical({
    cluster,
    uid,
    action,
    patch: patch.map(plain),
    differences: changes,
    rests: tests.map(plain),
    besides,
  })
  return Fingerprint.parse(createHash('sha256').update(text).digest('hex'))
}

const plain = (operation: PatchOperation): Json => ({ ...operation })

/** JSON with members in the order of their names and no white space. */
export function canonical(value: Json): string {
  if (isList(value)) return `[${value.map(canonical).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`)
  return `{${members.join(',')}}`
}
