import type { Owner, Workload } from '../clusters/nouns.ts'
import type { JsonObject } from '../json.ts'
import type { Scene } from './draft.ts'
import type { Warning } from './plan.ts'
import { at } from './pointer.ts'
import type { TemplateContainer } from './template.ts'

const ownedBy = (owners: readonly Owner[]): readonly Warning[] =>
  owners.map(({ kind, name }) => ({ kind: 'owned', by: kind, name }))

/** For every change of the object itself. */
export function ownerWarnings(owners: readonly Owner[]): {
  readonly warnings: readonly Warning[]
  readonly contested: boolean
} {
  return { warnings: ownedBy(owners), contested: owners.length > 0 }
}

export const autoscalerWarnings = ({ autoscalers }: Scene): readonly Warning[] =>
  autoscalers.map(({ name, min, max, scaledObject }) => ({
    kind: 'autoscaler',
    name,
    min,
    max,
    ...(scaledObject === undefined ? {} : { keda: scaledObject }),
  }))

/** For changes of the pod template: `containers` are those whose pods are replaced by changed ones. */
export function templateWarnings(scene: Scene, containers: readonly TemplateContainer[]): readonly Warning[] {
  const { workload } = scene
  return [
    ...(workload.paused ? [{ kind: 'paused' } as const] : []),
    ...rolloutRunning(workload),
    ...autoscalerWarnings(scene),
    ...ownedBy(workload.owners),
    ...downtime(workload),
    ...containers
      .filter(({ role, object }) => role === 'main' && at(object, '/readinessProbe') === undefined)
      .map(({ name }) => ({ kind: 'no-readiness-probe', container: name }) as const),
  ]
}

function rolloutRunning(workload: Workload): readonly Warning[] {
  const partition = at(workload.object, '/spec/updateStrategy/rollingUpdate/partition')
  const wanted = Math.max(0, workload.replicas - (typeof partition === 'number' ? partition : 0))
  const behind = workload.observedGeneration < workload.generation || workload.updated < wanted
  return behind && !workload.paused && workload.strategy !== 'OnDelete'
    ? [{ kind: 'rollout-running', updated: workload.updated, wanted }]
    : []
}

function downtime({ kind, strategy, replicas, object }: Workload): readonly Warning[] {
  if (strategy === 'OnDelete') return [{ kind: 'downtime', why: 'on-delete' }]
  if (strategy === 'Recreate') return [{ kind: 'downtime', why: 'recreate' }]
  if (kind === 'DaemonSet' || replicas === 0 || unavailable({ kind, object, replicas }) < replicas) return []
  return [{ kind: 'downtime', why: replicas === 1 ? 'single-replica' : 'recreate' }]
}

/** How many pods a rolling update may take away at once; a percentage of a Deployment's `maxUnavailable` is rounded down. */
function unavailable({
  kind,
  object,
  replicas,
}: {
  readonly kind: string
  readonly object: JsonObject
  readonly replicas: number
}): number {
  if (kind === 'StatefulSet') return 1
  const limit = at(object, '/spec/strategy/rollingUpdate/maxUnavailable')
  if (typeof limit === 'number') return limit
  const percent = Number(/^(\d{1,3})%$/.exec(typeof limit === 'string' ? limit : '')?.[1] ?? 25)
  return Math.floor((percent * replicas) / 100)
}

/** `25% / 25%` (surge, unavailable), `partition 2`, or nothing: the strategy's own figures for the card. */
export function strategyOf(workload: Workload): {
  readonly kind: string
  readonly text: string
  readonly replicas: number
} {
  const { object, strategy, replicas } = workload
  const rolling = workload.kind === 'Deployment' ? '/spec/strategy/rollingUpdate' : '/spec/updateStrategy/rollingUpdate'
  const figure = (name: string): readonly string[] => {
    const value = at(object, `${rolling}/${name}`)
    return typeof value === 'number' || typeof value === 'string' ? [String(value)] : []
  }
  const partition = figure('partition')
    .filter((value) => value !== '0')
    .map((value) => `partition ${value}`)
  const text =
    strategy === 'RollingUpdate' ? [...figure('maxSurge'), ...figure('maxUnavailable'), ...partition].join(' / ') : ''
  return { kind: strategy, text, replicas }
}

/** A digest cannot move; a tag can, whatever it is called. */
export const movableTags = (images: readonly string[]): readonly Warning[] =>
  images.filter((image) => !image.includes('@')).map((image) => ({ kind: 'movable-tag', image }))
