import type { Json } from '../../json.ts'
import { isList, isObject } from './json-values.ts'

/** Characters of text people read in a block or list of blocks, all levels together. */
export function textSize(value: Json): number {
  if (isList(value)) return value.reduce((sum: number, item) => sum + textSize(item), 0)
  if (!isObject(value)) return 0
  return Object.entries(value).reduce(
    (sum, [name, item]) => sum + (name === 'text' && typeof item === 'string' ? item.length : textSize(item)),
    0,
  )
}
