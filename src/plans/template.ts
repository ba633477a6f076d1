import type { Json, JsonObject } from '../json.ts'
import { isObject, listAt, objectAt, pointer, textAt } from './pointer.ts'

export interface TemplateContainer {
  readonly name: string
  readonly image: string
  readonly role: 'init' | 'main'
  /** JSON pointer from the workload: `/spec/template/spec/containers/0`. */
  readonly path: string
  readonly object: JsonObject
}

/** Where every workload kind keeps its pod template. */
export const templatePath = '/spec/template'

export const templateOf = (workload: JsonObject): JsonObject => objectAt(workload, templatePath)

const lists = [
  ['initContainers', 'init'],
  ['containers', 'main'],
] as const

/** Init and main containers of a pod template, in the order in which they run. */
export const containersOf = (template: JsonObject): readonly TemplateContainer[] =>
  lists.flatMap(([list, role]) =>
    listAt(template, `/spec/${list}`).flatMap((object, index) => {
      if (!isObject(object)) return []
      const path = `${templatePath}${pointer(['spec', list, index])}`
      return [{ name: textAt(object, '/name'), image: textAt(object, '/image'), role, path, object }]
    }),
  )

/** Without members that are null: the API server writes some as null in one place and leaves them out in another. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isObject(value)) return value
  const members = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNulls(member)]))
}

export interface ChangedImage {
  readonly container: string
  readonly before: string
  readonly after: string
}

/** Images that differ by container name; empty text where the container is new or goes away. */
export function changedImages(before: JsonObject, after: JsonObject): readonly ChangedImage[] {
  const old = new Map(containersOf(before).map(({ name, image }) => [name, image]))
  const fresh = new Map(containersOf(after).map(({ name, image }) => [name, image]))
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((container) => ({ container, before: old.get(container) ?? '', after: fresh.get(container) ?? '' }))
    .filter(({ before, after }) => before !== after)
}
