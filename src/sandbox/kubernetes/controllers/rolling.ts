import type { Json, JsonObject } from '../../../json.ts'
import { at, integer, text } from '../fields.ts'
import { annotationsOf } from '../objects.ts'

/** The arithmetic of a rolling update, after `deployment/util` of Kubernetes. */

/** `25%` or `2` of `total`. */
export function shareOf(limit: Json | undefined, total: number, round: 'up' | 'down'): number {
  if (typeof limit === 'number') return limit
  if (typeof limit !== 'string') return 0
  const share = limit.endsWith('%') ? (total * Number(limit.slice(0, -1))) / 100 : Number(limit)
  if (Number.isNaN(share)) return 0
  return round === 'up' ? Math.ceil(share) : Math.floor(share)
}

export interface Limits {
  readonly replicas: number
  readonly surge: number
  readonly unavailable: number
}

export function limitsOf(deployment: JsonObject): Limits {
  const replicas = integer(deployment, 'spec', 'replicas') ?? 1
  if (text(deployment, 'spec', 'strategy', 'type') === 'Recreate') return { replicas, surge: 0, unavailable: 0 }
  const surge = shareOf(at(deployment, 'spec', 'strategy', 'rollingUpdate', 'maxSurge'), replicas, 'up')
  const allowed = shareOf(at(deployment, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable'), replicas, 'down')
  // Both zero would never move.
  const unavailable = surge === 0 && allowed === 0 ? 1 : allowed
  return { replicas, surge, unavailable: Math.min(unavailable, replicas) }
}

export const wantedOf = (set: JsonObject) => integer(set, 'spec', 'replicas') ?? 1
export const statusCount = (set: JsonObject | undefined, field: string) => integer(set, 'status', field) ?? 0
/** Go leaves zeros out of a status. */
export const unlessZero = (value: number) => (value === 0 ? undefined : value)
export const sum = (sets: readonly JsonObject[], count: (set: JsonObject) => number) =>
  sets.reduce((total, set) => total + count(set), 0)

export function newSetSize(limits: Limits, fresh: JsonObject | undefined, all: readonly JsonObject[]): number {
  const present = fresh === undefined ? 0 : wantedOf(fresh)
  const room = limits.replicas + limits.surge - sum(all, wantedOf)
  return room <= 0 ? present : present + Math.min(room, limits.replicas - present)
}

export interface Scaling {
  readonly set: JsonObject
  readonly to: number
}

/** Which old sets may shrink now, unhealthy pods first, without falling below the pods that must be available. */
export function shrinkOld(limits: Limits, fresh: JsonObject, old: readonly JsonObject[]): readonly Scaling[] {
  const all = [...old, fresh]
  const minAvailable = limits.replicas - limits.unavailable
  const freshUnavailable = wantedOf(fresh) - statusCount(fresh, 'availableReplicas')
  const maxShrink = sum(all, wantedOf) - minAvailable - freshUnavailable
  if (maxShrink <= 0) return []
  const sizes = new Map(old.map((set) => [set, wantedOf(set)]))
  let cleaned = 0
  for (const set of old) {
    const size = wantedOf(set)
    const unhealthy = Math.max(0, size - statusCount(set, 'availableReplicas'))
    const step = Math.min(maxShrink - cleaned, unhealthy)
    sizes.set(set, size - step)
    cleaned += step
  }
  let spare = sum(all, (set) => statusCount(set, 'availableReplicas')) - minAvailable
  for (const set of old) {
    const size = sizes.get(set) ?? 0
    const step = Math.max(0, Math.min(size, spare))
    sizes.set(set, size - step)
    spare -= step
  }
  return [...sizes].filter(([set, to]) => to !== wantedOf(set)).map(([set, to]) => ({ set, to }))
}

/** How a new number of replicas is spread over sets in the middle of a rollout; `active` newest first when growing, oldest first when shrinking. */
export function spread(limits: Limits, active: readonly JsonObject[]): readonly Scaling[] {
  const allowed = limits.replicas > 0 ? limits.replicas + limits.surge : 0
  const toAdd = allowed - sum(active, wantedOf)
  let added = 0
  const sizes = active.map((set) => {
    const size = wantedOf(set)
    const before = Number(annotationsOf(set)['deployment.kubernetes.io/max-replicas'] ?? limits.replicas + limits.surge)
    const fraction = limits.replicas === 0 ? -size : Math.round((size * allowed) / Math.max(1, before)) - size
    const left = toAdd - added
    const step = toAdd > 0 ? Math.min(Math.max(fraction, 0), left) : Math.max(Math.min(fraction, 0), left)
    added += step
    return { set, to: size + step }
  })
  const [first, ...rest] = sizes
  if (first === undefined) return []
  return [{ set: first.set, to: Math.max(0, first.to + toAdd - added) }, ...rest]
}
