import { isDeepStrictEqual } from 'node:util'
import type { Caller, ClusterAccess, Patched } from '../clusters/cluster.ts'
import type { Revision } from '../clusters/nouns.ts'
import { ClusterError } from '../clusters/problems.ts'
import type { Json, JsonObject } from '../json.ts'
import { absentAnnotations, withBookkeeping } from './bookkeeping.ts'
import { differencesBetween } from './differences.ts'
import type { Draft } from './draft.ts'
import { isProblem } from './draft.ts'
import { fingerprintOf } from './fingerprint.ts'
import { applyPatch } from './json-patch.ts'
import { maskedDifferences } from './masked.ts'
import type { Mask } from './masked.ts'
import type { Inverse, Order, Plan, PlanProblem, Warning } from './plan.ts'
import { at, isObject } from './pointer.ts'
import { missingRight } from './rights.ts'
import { revisionWarnings } from './rollback.ts'
import type { FailedOperation } from './rollback.ts'
import { draftFor, look } from './look.ts'
import type { Sight } from './look.ts'
import { spelled } from './target.ts'
import { changedImages, containersOf, templateOf, templatePath } from './template.ts'
import { strategyOf } from './warnings.ts'

/** What the bot itself knows of the object; becomes warnings. */
export interface Known {
  readonly others?: readonly { readonly operation: string; readonly state: string }[]
  readonly lastFailed?: { readonly operation: string; readonly at: number }
  /** What the rollout of one of these brought has failed before. */
  readonly failedOperations?: readonly FailedOperation[]
}

export interface PlanRequest {
  /** As the person who orders: plans see what that person may see. */
  readonly access: ClusterAccess
  /** As whom `access` goes, and the write will. */
  readonly caller: Caller
  readonly order: Order
  readonly mask: Mask
  readonly known?: Known
}

/** A problem is an expected refusal; faults of the cluster are thrown. */
export type Planned = { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly problem: PlanProblem }

/** How often an object that moves while we look at it is looked at again. */
const attempts = 4

const foreignWarnings = 20
const foreignLength = 1_000

/** Reads, drafts, asks the server by a dry run, and puts the plan together. Changes nothing. Throws `ClusterError`. */
export async function makePlan(request: PlanRequest): Promise<Planned> {
  for (let attempt = 1; ; attempt += 1) {
    const planned = await planOnce(request, attempt)
    if (planned) return planned
  }
}

/** Undefined: the object moved between reading and dry run. */
async function planOnce(request: PlanRequest, attempt: number): Promise<Planned | undefined> {
  const { access, order, caller } = request
  const sight = await look(access, order)
  if (!sight) return { ok: false, problem: { code: 'plan_gone', target: spelled(order.target) } }
  const draft = draftFor(sight, order)
  if (isProblem(draft)) return { ok: false, problem: draft }

  const refused = await missingRight(access, { object: draft.object, cluster: order.target.cluster, caller })
  if (refused) return { ok: false, problem: refused }

  const tests = testsOf(draft)
  const absent = absentAnnotations(draft.live)
  const patch = withBookkeeping({ ...draft, tests, absent }, { operation: 'dry-run', at: 0 })
  try {
    const dryRun = await access.patch(draft.object, patch, 'dry-run')
    const steady = await isSteady({ access, draft, patched: dryRun.object, patch })
    if (steady) return { ok: true, plan: assemble(request, { sight, draft, dryRun, absent }) }
  } catch (error) {
    if (!(error instanceof ClusterError) || error.problem.code !== 'cluster_moved' || attempt >= attempts) throw error
  }
  if (attempt >= attempts) throw new ClusterError({ code: 'cluster_moved', cluster: order.target.cluster })
  return undefined
}

const testsOf = (draft: Draft): Plan['tests'] => [
  { op: 'test', path: '/metadata/uid', value: draft.uid },
  // A null test holds where nothing stands: so the API server reads JSON Patch.
  ...draft.rests.map(({ path, value }) => ({ op: 'test' as const, path, value: value ?? null })),
]

interface Seen {
  readonly access: ClusterAccess
  readonly draft: Draft
  readonly patched: JsonObject
  readonly patch: Plan['patch']
}

/**
 * Whether what the dry run changed beyond our patch is the server's doing. An autoscaler may have moved the object since it was
 * read, and that must not be taken for a part of the change.
 */
async function isSteady({ access, draft, patched, patch }: Seen): Promise<boolean> {
  const expected = applyPatch(draft.live, patch)
  const same = (before: Json, after: JsonObject) =>
    isObject(before) && differencesBetween(before, after, draft.effect).length === 0
  if (expected.ok && same(expected.value, patched)) return true
  const again = await access.read(draft.object)
  return again !== undefined && same(draft.live, again)
}

interface Parts {
  readonly sight: Sight
  readonly draft: Draft
  readonly dryRun: Patched
  readonly absent: readonly string[]
}

function assemble({ order, mask, known = {} }: PlanRequest, { sight, draft, dryRun, absent }: Parts): Plan {
  const { workload } = sight.scene
  const { object, uid, live, patch, effect, contested, replicas, rollsOut } = draft
  const found = differencesBetween(live, dryRun.object, effect)
  const tests = testsOf(draft)
  const { cluster, namespace, kind, name } = workload
  const rolled = rollsOut && object.kind === kind ? at(dryRun.object, templatePath) : undefined
  const inverse = inverseOf(draft, dryRun.object)
  return {
    order,
    workload: { cluster, namespace, kind, name },
    object,
    uid,
    tests,
    patch,
    effect,
    differences: maskedDifferences(found, mask),
    warnings: [
      ...draft.warnings,
      ...sight.warnings,
      ...knownWarnings(known, effect, sight.scene.revisions),
      ...serverWarnings(dryRun),
    ],
    contested,
    ...(inverse ? { inverse } : {}),
    fingerprint: fingerprintOf({
      cluster,
      uid,
      action: order.action,
      patch,
      differences: found,
      tests,
      besides: draft.besides,
    }),
    ...(replicas ? { replicas } : {}),
    images: changedContainers(live, dryRun.object, effect),
    strategy: strategyOf(workload),
    rollsOut,
    ...(isObject(rolled) ? { template: rolled } : {}),
    absent,
  }
}

function inverseOf({ back, object, uid }: Draft, after: JsonObject): Inverse | undefined {
  if (!back) return undefined
  const places = [...back.restore.map(({ path }) => path), ...back.anchors]
  const expect = places.map((path) => ({ path, value: at(after, path) ?? false }))
  return { action: back.action, object, uid, restore: back.restore, expect }
}

/** Images of every container that would not be as before, and every image that was ordered, should admission have put another in its place. */
function changedContainers(live: JsonObject, after: JsonObject, effect: Plan['effect']): readonly string[] {
  const before = new Map(containersOf(templateOf(live)).map((container) => [container.name, container.object]))
  const changed = containersOf(templateOf(after)).filter(
    ({ name, object }) => !isDeepStrictEqual(before.get(name), object),
  )
  const ordered =
    effect.kind === 'images' || effect.kind === 'template' ? effect.images.map((image) => image.after) : []
  const stored = changedImages(templateOf(live), templateOf(after)).map((image) => image.after)
  return [...new Set([...ordered, ...stored, ...changed.map(({ image }) => image)])].filter((image) => image !== '')
}

function knownWarnings(
  { others = [], lastFailed, failedOperations = [] }: Known,
  effect: Plan['effect'],
  revisions: readonly Revision[],
): readonly Warning[] {
  const revision = effect.kind === 'template' ? revisions.find(({ number }) => number === effect.toRevision) : undefined
  return [
    ...others.map(({ operation, state }) => ({ kind: 'other-operation', operation, state }) as const),
    ...(lastFailed ? [{ kind: 'last-failed', ...lastFailed } as const] : []),
    ...(revision ? revisionWarnings(revision, failedOperations) : []),
  ]
}

const serverWarnings = ({ warnings }: Patched): readonly Warning[] =>
  warnings.slice(0, foreignWarnings).map((text) => ({ kind: 'server', text: text.slice(0, foreignLength) }))
