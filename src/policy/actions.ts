import type { Action } from './decision.ts'
import type { ActionWord } from './schema.ts'
import type { Question } from './policy.ts'
import { actions } from './decision.ts'

/** What changes a cluster: only these are frozen, and only these must name their target exactly. */
const changes: ReadonlySet<Action> = new Set([
  'deploy',
  'scale',
  'rollback',
  'restart',
  'pause',
  'resume',
  'promote',
  'abort',
])

export function isChange(action: Action): boolean {
  return changes.has(action)
}

export type Direction = 'scale-up' | 'scale-down'

/** Which actions a list of words reaches; with directions where it reaches `scale` only one way. */
export function expandActions(words: readonly ActionWord[]): ReadonlyMap<Action, readonly Direction[] | undefined> {
  const reached = new Map<Action, readonly Direction[] | undefined>()
  const directions = words.filter((word) => word === 'scale-up' || word === 'scale-down')
  if (directions.length > 0) reached.set('scale', directions)
  for (const action of actions) {
    if (words.includes(action) || (words.includes('*') && action !== 'break-glass')) reached.set(action, undefined)
  }
  return reached
}

/** Directions that a scale order goes; both when it changes nothing, none when its bounds part ways; undefined while unknown. */
export function directionsOf({ replicas }: Question): readonly Direction[] | undefined {
  if (replicas?.before === undefined) return undefined
  const { before, after } = replicas
  const up = after.min >= before.min && after.max >= before.max
  const down = after.min <= before.min && after.max <= before.max
  return [...(up ? (['scale-up'] as const) : []), ...(down ? (['scale-down'] as const) : [])]
}
