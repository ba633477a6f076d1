import { isDeepStrictEqual } from 'node:util'
import type { Revision } from '../clusters/nouns.ts'
import type { Drafted, Scene } from './draft.ts'
import type { Order, Warning } from './plan.ts'
import { operationAnnotation } from './bookkeeping.ts'
import { spelled, workloadObject } from './target.ts'
import { changedImages, containersOf, templateOf, templatePath, withoutNulls } from './template.ts'
import { movableTags, templateWarnings } from './warnings.ts'

type Rollback = Extract<Order, { action: 'rollback' }>

/** How many other revisions a card offers. */
const offered = 10

/** The pod template of an earlier revision, and nothing else: replicas, strategy and annotations stay. */
export function draftRollback(scene: Scene, order: Rollback): Drafted {
  const { workload } = scene
  const target = spelled(order.target)
  if (workload.deleting || workload.paused) {
    const why = workload.deleting ? 'deleting' : 'paused'
    return { code: 'plan_cannot', action: 'rollback', kind: workload.kind, target, why }
  }
  const newest = [...scene.revisions].sort((a, b) => b.number - a.number)
  const revision = order.toRevision === undefined ? newest[1] : newest.find(({ number }) => number === order.toRevision)
  const available = newest.map(({ number }) => number)
  if (!revision) return { code: 'plan_no_revision', target, revision: order.toRevision, available }
  const live = templateOf(workload.object)
  if (isDeepStrictEqual(withoutNulls(live), withoutNulls(revision.template))) {
    return { code: 'plan_nothing_to_change', target, what: `#${revision.number}` }
  }

  const current = newest.find((other) => other.current)
  const images = changedImages(live, revision.template)
  const fresh = images.map(({ after }) => after).filter((image) => image !== '')
  return {
    object: workloadObject(workload),
    uid: workload.uid,
    live: workload.object,
    rests: [{ path: templatePath, value: live }],
    besides: null,
    patch: [{ op: 'replace', path: templatePath, value: revision.template }],
    effect: {
      kind: 'template',
      ...(current ? { fromRevision: current.number } : {}),
      toRevision: revision.number,
      images,
      toCreatedAt: revision.createdAt,
      others: newest
        .filter((other) => other !== revision && other !== current)
        .slice(0, offered)
        .map(choice),
    },
    back: { action: 'rollback', restore: [{ path: templatePath, value: live }], anchors: [] },
    warnings: [...templateWarnings(scene, containersOf(revision.template)), ...movableTags([...new Set(fresh)])],
    contested: workload.owners.length > 0,
    rollsOut: true,
  }
}

const choice = ({ number, createdAt, images }: Revision) => ({ number, createdAt, images })

/** An operation whose rollout failed. */
export interface FailedOperation {
  readonly operation: string
  /** The revision that it went back to: when that was made (epoch ms), and the images that it brought. */
  readonly restored?: { readonly createdAt: number; readonly images: readonly string[] }
}

/**
 * What this bot knows of that revision's outcome. A revision carries the mark of the operation that made it, a ReplicaSet that of the last one that went back
 * to it, too. A ControllerRevision keeps its first mark and gets a new number then: it is known by its age.
 */
export function revisionWarnings(
  { number, annotations, createdAt, images }: Revision,
  failed: readonly FailedOperation[],
): readonly Warning[] {
  const isIt = ({ operation, restored }: FailedOperation): boolean =>
    operation === annotations[operationAnnotation] ||
    (restored?.createdAt === createdAt && restored.images.every((image) => images.includes(image)))
  const found = failed.findLast(isIt)
  return found ? [{ kind: 'revision-failed', revision: number, operation: found.operation }] : []
}
