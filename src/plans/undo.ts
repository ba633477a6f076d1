import { isDeepStrictEqual } from 'node:util'
import type { Autoscaler } from '../clusters/nouns.ts'
import type { Json, JsonObject } from '../json.ts'
import type { Bounds } from '../policy/decision.ts'
import type { Draft, Drafted, Scene } from './draft.ts'
import type { Effect, Inverse, Order, Plan, Warning } from './plan.ts'
import { at, isObject, textAt } from './pointer.ts'
import { spelled } from './target.ts'
import { changedImages, containersOf, templateOf, templatePath, withoutNulls } from './template.ts'
import { autoscalerWarnings, ownerWarnings, templateWarnings } from './warnings.ts'

type Undo = Extract<Order, { action: 'undo' }>
type Placed = Inverse['restore'][number]

/** The object that the undone change had patched, as it is now; undefined when it is gone. */
export interface UndoScene extends Scene {
  readonly object: JsonObject | undefined
}

/** Puts the stored values back, provided that what the first change had left there still stands. */
export function draftUndo(scene: UndoScene, order: Undo): Drafted {
  const { inverse } = order
  const target = spelled(order.target)
  const { object } = scene
  if (!object || textAt(object, '/metadata/uid') !== inverse.uid) return { code: 'plan_gone', target }
  if (at(object, '/metadata/deletionTimestamp') !== undefined) {
    return { code: 'plan_cannot', action: 'undo', kind: inverse.object.kind, target, why: 'deleting' }
  }
  const moved = inverse.expect.filter((place) => !stands(object, place)).map(({ path }) => path)
  if (inverse.restore.every((place) => stands(object, place))) {
    return { code: 'plan_nothing_to_change', target, what: order.of }
  }
  const claimed = takenOver(scene, inverse)
  if (moved.length > 0 || claimed.length > 0) return { code: 'plan_undo_stale', target, moved: [...moved, ...claimed] }

  const outcome = outcomeOf(scene, { object, inverse })
  return {
    object: inverse.object,
    uid: inverse.uid,
    live: object,
    besides: null,
    patch: inverse.restore.map(({ path, value }) => ({
      op: at(object, path) === undefined ? 'add' : 'replace',
      path,
      value,
    })),
    back: {
      action: opposite[inverse.action],
      restore: inverse.restore.map(({ path }) => ({ path, value: at(object, path) ?? false })),
      anchors: inverse.expect
        .map(({ path }) => path)
        .filter((path) => inverse.restore.every((place) => place.path !== path)),
    },
    ...outcome,
  }
}

const opposite = { rollback: 'rollback', scale: 'scale', pause: 'resume', resume: 'pause' } as const

/** The API server leaves `false` out. */
const stands = (object: JsonObject, { path, value }: Placed): boolean => {
  const found = at(object, path) ?? (value === false ? false : null)
  return isDeepStrictEqual(withoutNulls(found), withoutNulls(value))
}

const replicasPath = '/spec/replicas'

/** Replicas that an autoscaler owns by now are not ours to put back; 0 is: that is how it was switched off. */
function takenOver({ autoscalers }: Scene, { restore }: Inverse): readonly string[] {
  const sets = restore.some(({ path, value }) => path === replicasPath && value !== 0)
  return sets ? autoscalers.map(({ name }: Autoscaler) => `HorizontalPodAutoscaler/${name}`) : []
}

type Outcome = Pick<Draft, 'rests' | 'effect' | 'warnings' | 'contested' | 'replicas' | 'rollsOut'>
interface Undoing {
  readonly object: JsonObject
  readonly inverse: Inverse
}

function outcomeOf(scene: UndoScene, { object, inverse }: Undoing): Outcome {
  const paths = (names: readonly string[]) => names.map((path) => ({ path, value: at(object, path) }))
  const { workload } = scene
  const owners = ownerWarnings(workload.owners)
  switch (inverse.action) {
    case 'rollback': {
      const effect = templateEffect(object, inverse.restore)
      const warnings = templateWarnings(scene, containersOf(templateOf(object)))
      return { rests: paths([templatePath]), effect, warnings, contested: owners.contested, rollsOut: true }
    }
    case 'pause':
    case 'resume': {
      const after = inverse.action === 'pause'
      const rests = paths(after ? ['/spec/paused'] : ['/spec/paused', templatePath])
      return { rests, effect: { kind: 'paused', after }, ...owners, rollsOut: !after }
    }
    case 'scale':
    default:
      return inverse.object.kind === 'HorizontalPodAutoscaler'
        ? bounds(scene, { object, inverse })
        : replicas(scene, { object, inverse })
  }
}

const number = (value: Json | undefined, absent: number): number => (typeof value === 'number' ? value : absent)

function replicas(scene: UndoScene, { object, inverse }: Undoing): Outcome {
  const owners = ownerWarnings(scene.workload.owners)
  const before = number(at(object, replicasPath), 1)
  const after = number(inverse.restore.find(({ path }) => path === replicasPath)?.value, before)
  const toZero: readonly Warning[] = after === 0 ? [{ kind: 'downtime', why: 'to-zero' }] : []
  return {
    rests: [{ path: replicasPath, value: at(object, replicasPath) }],
    effect: { kind: 'replicas', before, after },
    warnings: [...autoscalerWarnings(scene), ...owners.warnings, ...toZero],
    contested: owners.contested || scene.autoscalers.length > 0,
    replicas: { before: { min: before, max: before }, after: { min: after, max: after } },
    rollsOut: true,
  }
}

function bounds(scene: UndoScene, { object, inverse }: Undoing): Outcome {
  const places = ['/spec/minReplicas', '/spec/maxReplicas', '/spec/scaleTargetRef']
  const before: Bounds = {
    min: number(at(object, '/spec/minReplicas'), 1),
    max: number(at(object, '/spec/maxReplicas'), 1),
  }
  const restored = (path: string, present: number) =>
    number(inverse.restore.find((place) => place.path === path)?.value, present)
  const after: Bounds = {
    min: restored('/spec/minReplicas', before.min),
    max: restored('/spec/maxReplicas', before.max),
  }
  const owners = ownerWarnings(scene.autoscalers.find(({ name }) => name === inverse.object.name)?.owners ?? [])
  const replicasOf: NonNullable<Plan['replicas']> = { before, after }
  return {
    rests: places.map((path) => ({ path, value: at(object, path) })),
    effect: { kind: 'bounds', autoscaler: inverse.object.name, before, after },
    ...owners,
    replicas: replicasOf,
    rollsOut: true,
  }
}

function templateEffect(object: JsonObject, restore: readonly Placed[]): Effect {
  const whole = restore.find(({ path }) => path === templatePath)?.value
  if (isObject(whole)) {
    return { kind: 'template', images: changedImages(templateOf(object), whole), others: [] }
  }
  const images = restore.map(({ path, value }) => ({
    container: textAt(object, path.replace(/image$/, 'name')),
    before: textAt(object, path),
    after: typeof value === 'string' ? value : '',
  }))
  return { kind: 'images', images }
}
