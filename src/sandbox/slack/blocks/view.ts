import type { Json, JsonObject } from '../../../json.ts'
import { isObject } from '../json-values.ts'

/** What Slack would say about a view; empty: accepted. */
export function checkView(view: Json, type: 'modal' | 'home'): readonly string[] {
  if (!isObject(view)) return ['must provide an object [json-pointer:/view]']
  const given: JsonObject = view
  return given['type'] === type ? [] : [`unsupported type [json-pointer:/view/type]`]
}
