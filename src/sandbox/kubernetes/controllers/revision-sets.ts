import type { JsonObject } from '../../../json.ts'
import type { ControllerParts } from './parts.ts'
import type { Scaling } from './rolling.ts'
import { compact, integer, put, record, text } from '../fields.ts'
import { annotationsOf, conditionOf, nameOf, namespaceOf } from '../objects.ts'
import { createUnderFreeName } from './free-name.ts'
import { controllerManager, ownedBy } from './parts.ts'
import { byAge, findNewSet, newSet, revisionOf, setAnnotations } from './replica-sets.ts'
import { limitsOf, newSetSize, spread, statusCount, sum, wantedOf } from './rolling.ts'

const desiredKey = 'deployment.kubernetes.io/desired-replicas'
const maxKey = 'deployment.kubernetes.io/max-replicas'
const options = { manager: controllerManager }

export const keyed = (object: JsonObject) => ({ namespace: namespaceOf(object), name: nameOf(object) })

/** The replicas of the Deployment changed since its sets were last sized. */
export const isResized = (deployment: JsonObject, sets: readonly JsonObject[]) =>
  sets.some((set) => {
    const desired = annotationsOf(set)[desiredKey]
    return wantedOf(set) > 0 && desired !== undefined && desired !== String(wantedOf(deployment))
  })

/** What a Deployment does to its ReplicaSets: makes, sizes and prunes them. */
export function createRevisionSets({ store, writes, resources, event, version }: ControllerParts) {
  const replicaSets = resources.of('apps/v1', 'ReplicaSet')

  const tellScale = (deployment: JsonObject, { name, from, to }: { name: string; from: number; to: number }) => {
    const how = to > from ? 'up' : 'down'
    const counts = version.tellsOldScale ? `from ${from} to ${to}` : `to ${to}`
    event({
      about: deployment,
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled ${how} replica set ${name} ${counts}`,
      component: 'deployment-controller',
    })
  }

  const scale = (deployment: JsonObject, { set, to }: Scaling) => {
    const { replicas, surge } = limitsOf(deployment)
    const from = wantedOf(set)
    writes.update(
      { resource: replicaSets, ...keyed(set) },
      (current) => {
        const annotations = {
          ...annotationsOf(current),
          [desiredKey]: String(replicas),
          [maxKey]: String(replicas + surge),
        }
        return put(put(current, ['spec', 'replicas'], to), ['metadata', 'annotations'], annotations)
      },
      options,
    )
    if (from !== to) tellScale(deployment, { name: nameOf(set), from, to })
  }

  const create = (deployment: JsonObject, sets: readonly JsonObject[], revision: number) => {
    const limits = limitsOf(deployment)
    const recreate = text(deployment, 'spec', 'strategy', 'type') === 'Recreate'
    const replicas = recreate ? limits.replicas : newSetSize(limits, undefined, sets)
    const size = { replicas, max: limits.replicas + limits.surge, revision }
    const made = createUnderFreeName((salt) =>
      writes.create(replicaSets, newSet(deployment, { ...size, salt }), options),
    )
    if (replicas > 0) tellScale(deployment, { name: nameOf(made), from: 0, to: replicas })
    return {
      set: made,
      condition: { reason: 'NewReplicaSetCreated', message: `Created new replica set "${nameOf(made)}"` },
    }
  }

  /** The set has become (or still is) the present revision: number, copied annotations, minReadySeconds. */
  const adopt = (deployment: JsonObject, present: JsonObject, revision: number) => {
    const { replicas, surge } = limitsOf(deployment)
    const known = annotationsOf(present)
    const max = Number(known[maxKey] ?? replicas + surge)
    const annotations = compact({
      ...setAnnotations(deployment, known, { max, revision }),
      [desiredKey]: known[desiredKey] ?? String(replicas),
    })
    const settle = record(deployment, 'spec')['minReadySeconds']
    const set = writes.update(
      { resource: replicaSets, ...keyed(present) },
      (current) => put(put(current, ['metadata', 'annotations'], annotations), ['spec', 'minReadySeconds'], settle),
      options,
    )
    const isNew = conditionOf(deployment, 'Progressing') === undefined
    return {
      set,
      condition: isNew
        ? { reason: 'FoundNewReplicaSet', message: `Found new replica set "${nameOf(set)}"` }
        : undefined,
    }
  }

  return {
    of: (deployment: JsonObject) => [...ownedBy(store, replicaSets, deployment)].sort(byAge),
    scale,

    /** The set of the present template, made when there is none, and what the Progressing condition should say of it. */
    ensure: (deployment: JsonObject, sets: readonly JsonObject[]) => {
      const present = findNewSet(deployment, sets)
      const revision = Math.max(0, ...sets.filter((set) => set !== present).map(revisionOf)) + 1
      return present === undefined ? create(deployment, sets, revision) : adopt(deployment, present, revision)
    },

    /** Spreads a new number of replicas over the sets there are. */
    resize: (deployment: JsonObject, sets: readonly JsonObject[]) => {
      const limits = limitsOf(deployment)
      const active = sets.filter((set) => wantedOf(set) > 0)
      const fresh = findNewSet(deployment, sets)
      if (active.length <= 1) {
        const only = active[0] ?? fresh ?? sets.at(-1)
        if (only !== undefined) scale(deployment, { set: only, to: limits.replicas })
      } else if (
        fresh !== undefined &&
        wantedOf(fresh) === limits.replicas &&
        statusCount(fresh, 'availableReplicas') === limits.replicas
      ) {
        for (const set of active) if (set !== fresh) scale(deployment, { set, to: 0 })
      } else {
        const growing = limits.replicas + limits.surge > sum(active, wantedOf)
        for (const scaling of spread(limits, growing ? [...active].reverse() : active)) scale(deployment, scaling)
      }
    },

    /** Removes the oldest empty sets beyond `revisionHistoryLimit`. */
    prune: (deployment: JsonObject, old: readonly JsonObject[]) => {
      const limit = integer(deployment, 'spec', 'revisionHistoryLimit') ?? 10
      const oldest = [...old].sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, Math.max(0, old.length - limit))
      for (const set of oldest)
        if (wantedOf(set) === 0 && statusCount(set, 'replicas') === 0)
          writes.remove({ resource: replicaSets, ...keyed(set) }, options)
    },
  }
}
