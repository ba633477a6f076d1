import type { PatchOperation } from '../clusters/cluster.ts'
import type { JsonObject } from '../json.ts'
import { shortened } from '../shortened.ts'
import type { Plan } from './plan.ts'
import { at, pointer, textAt } from './pointer.ts'
import { templatePath } from './template.ts'

/** What execution adds to a plan's patch; approvers do not see it and the fingerprint leaves it out. */
export interface Stamp {
  readonly operation: string
  /** When the operation runs (epoch ms): the same at every attempt, so that a repeated write stores the same object. */
  readonly at: number
  /**
   * Whose mark was seen on the object just before: the server takes the patch only while it is still there. So a patch that was held up somewhere and
   * arrives after somebody else's, an undo of itself included, does nothing. Null: no mark.
   */
  readonly over?: string | null
  /** The order in words, kept with the revision: `kubectl rollout history` shows it. */
  readonly cause?: string
}

/** Carried by the patched object; a restart finds out by it whether a write arrived. */
export const operationAnnotation = 'readback.dev/operation'
export const causeAnnotation = 'kubernetes.io/change-cause'
export const restartAnnotation = 'kubectl.kubernetes.io/restartedAt'

export const annotationPath = (annotation: string): string => pointer(['metadata', 'annotations', annotation])
export const restartPath = `${templatePath}${annotationPath(restartAnnotation)}`

/** The operation that last patched this object, or empty. */
export const operationOf = (object: JsonObject): string => textAt(object, annotationPath(operationAnnotation))

/** RFC 3339 in whole seconds, as kubectl writes it. */
export const restartedAt = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z')

/** Longer ones are cut: a revision's cause is one line of a table. */
const longestCause = 250

/** `readback 7F3K: deploy web=registry.example/shop/web:1.5.0`, for `kubectl rollout history`. */
export function causeOf({ order, effect }: Pick<Plan, 'order' | 'effect'>, operation: string): string {
  const images = 'images' in effect ? effect.images.map(({ container, after }) => `${container}=${after}`) : []
  const revision = effect.kind === 'template' && effect.toRevision !== undefined ? [`#${effect.toRevision}`] : []
  return shortened(`readback ${operation}: ${[order.action, ...revision, ...images].join(' ')}`, longestCause)
}

type Patchable = Pick<Plan, 'tests' | 'patch' | 'effect'> & { readonly absent?: readonly string[] }

/** The whole patch to send: tests, change, bookkeeping. */
export function withBookkeeping(
  { tests, patch, effect, absent = [] }: Patchable,
  stamp: Stamp,
): readonly PatchOperation[] {
  const annotated = !absent.includes('/metadata/annotations')
  return [
    ...tests,
    ...(stamp.over !== undefined && annotated
      ? [{ op: 'test' as const, path: annotationPath(operationAnnotation), value: stamp.over }]
      : []),
    ...patch,
    ...annotations('', absent, {
      [operationAnnotation]: stamp.operation,
      ...(changesTemplate(effect) ? { [causeAnnotation]: stamp.cause ?? `readback ${stamp.operation}` } : {}),
    }),
    ...(effect.kind === 'restart'
      ? annotations(templatePath, absent, { [restartAnnotation]: restartedAt(stamp.at) })
      : []),
  ]
}

const changesTemplate = ({ kind }: Plan['effect']): boolean =>
  kind === 'images' || kind === 'template' || kind === 'restart'

function annotations(
  root: string,
  absent: readonly string[],
  values: Readonly<Record<string, string>>,
): readonly PatchOperation[] {
  const path = `${root}/metadata/annotations`
  if (!absent.includes(path)) {
    return Object.entries(values).map(([name, value]) => ({ op: 'add', path: `${path}${pointer([name])}`, value }))
  }
  // The null test holds only while there is nothing: annotations that came in between are not overwritten.
  return [
    { op: 'test', path, value: null },
    { op: 'add', path, value: values },
  ]
}

const parents = ['/metadata', `${templatePath}/metadata`]

/** Annotation objects that are missing. */
export const absentAnnotations = (object: JsonObject): readonly string[] =>
  parents.map((parent) => `${parent}/annotations`).filter((path) => (at(object, path) ?? null) === null)
