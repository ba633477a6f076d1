import { unheardMs } from './group.ts'
import type { AlertGroup, Escalation } from './group.ts'
import { expire, unheard } from './reduce.ts'

/** After the first reminder to whoever acknowledged it, the next ones come this far apart. */
export const remindEveryMs = 4 * 3_600_000

/** What time alone makes of a group that fires. */
export interface Ticked {
  readonly group: AlertGroup
  /** Who is to be called now. */
  readonly called: readonly Escalation[]
  /** Whoever acknowledged it is to be asked whether they still see to it. */
  readonly remind: boolean
}

/** Undefined: there is nothing to do yet. `at`: by the store's clock. */
export function tick(before: AlertGroup, at: number): Ticked | undefined {
  if (before.state !== 'firing') return undefined
  if (before.heardAt + unheardMs <= at) return quietly(unheard(before, at))
  const group = withoutOldSilence(withoutExpired(before, at), at)
  const unchanged = group === before ? undefined : quietly(group)
  if (group.state !== 'firing' || group.silence) return unchanged
  const { acknowledged } = group
  if (acknowledged) {
    if (acknowledged.remindAt > at) return unchanged
    const asked = { ...group, acknowledged: { ...acknowledged, remindAt: at + remindEveryMs } }
    return { group: asked, called: [], remind: true }
  }
  const called = group.escalations.filter((step) => !step.done && step.at <= at)
  if (called.length === 0) return unchanged
  const escalations = group.escalations.map((step) => (called.includes(step) ? { ...step, done: true } : step))
  return { group: { ...group, escalations }, called, remind: false }
}

const quietly = (group: AlertGroup): Ticked => ({ group, called: [], remind: false })

function withoutExpired(before: AlertGroup, at: number): AlertGroup {
  const expired = expire(before, at)
  return sameMembers(before, expired) ? before : expired
}

function withoutOldSilence(group: AlertGroup, at: number): AlertGroup {
  const { silence, ...rest } = group
  return silence && silence.until <= at ? rest : group
}

const sameMembers = (one: AlertGroup, other: AlertGroup): boolean =>
  one.members.every(({ overAt }, index) => overAt === other.members[index]?.overAt)
