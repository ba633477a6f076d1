import type { Json, JsonObject } from '../../json.ts'
import { z } from 'zod'

/** Is this parsed JSON an object? Looks at the outside only: what `JSON.parse` made is JSON all the way down. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects of a JSON array, or nothing: API servers send null for an empty list. */
export function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

/** What stands at a path, or undefined where the path ends early. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let here: Json | undefined = value
  for (const step of path) here = isJsonObject(here) ? here[step] : undefined
  return here
}

/** The same object without one of its members. */
export function without(object: JsonObject, ...members: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !members.includes(name)))
}

/** Absent and null mean the same on this wire; both become the fallback. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
export const count = z
  .number()
  .nullish()
  .transform((value) => value ?? 0)
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)
export const names = z
  .record(z.string(), z.string())
  .nullish()
  .transform((value) => value ?? {})
/** RFC 3339 → epoch ms; 0 where there is none. */
export const time = z
  .string()
  .nullish()
  .transform((value) => {
    const parsed = value ? Date.parse(value) : 0
    return Number.isNaN(parsed) ? 0 : parsed
  })

/** A list whose absence is an empty list. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .nullish()
    .transform((value) => value ?? [])
}

export const Condition = z.object({ type: text, status: text, reason: text, message: text })

const OwnerReference = z.object({ apiVersion: text, kind: text, name: text, uid: text, controller: flag })

export const Metadata = z.object({
  name: z.string(),
  namespace: text,
  uid: text,
  generation: count,
  resourceVersion: text,
  creationTimestamp: time,
  deletionTimestamp: z.string().nullish(),
  labels: names,
  annotations: names,
  ownerReferences: listOf(OwnerReference),
})
