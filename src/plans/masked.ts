import type { Json } from '../json.ts'
import type { Found } from './differences.ts'
import type { Difference } from './plan.ts'
import { isList, isObject } from './pointer.ts'

/** Gives the value back, or what may be shown instead when its name or its look says that it is a secret. */
export type Mask = (name: string, value: string) => string

/** Differences as people may see them. Whole objects are masked member by member; a variable's value goes by the variable's name. */
export const maskedDifferences = (found: readonly Found[], mask: Mask): readonly Difference[] =>
  found.map(({ path, name, before, after }) => ({
    path,
    ...(before === undefined ? {} : { before: masked(name, before, mask) }),
    ...(after === undefined ? {} : { after: masked(name, after, mask) }),
  }))

function masked(name: string, value: Json, mask: Mask): Json {
  if (typeof value === 'string') return mask(name, value)
  if (isList(value)) return value.map((member) => masked(name, member, mask))
  if (!isObject(value)) return value
  const own = value['name']
  const members = Object.entries(value).map(([key, member]) => {
    return [key, masked(key === 'value' && typeof own === 'string' ? own : key, member, mask)] as const
  })
  return Object.fromEntries(members)
}
