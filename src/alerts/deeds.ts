import { isSamePerson } from '../chat/identity.ts'
import type { Person } from '../chat/identity.ts'
import type { AlertGroup, Silence } from './group.ts'
import type { AlertProblem } from './problems.ts'

/** Whoever acknowledges is asked after this whether they still see to it. */
export const remindAfterMs = 60 * 60_000
/** What nobody sees to any more calls the next one no sooner than this. */
const graceMs = 2 * 60_000

export type Deed =
  | { readonly ok: true; readonly next: AlertGroup }
  /** It is so already. */
  | { readonly ok: true; readonly next?: undefined }
  | { readonly ok: false; readonly problem: AlertProblem }

/** Somebody takes it on. The same person once more: they still see to it. Pressed twice at once: the first one has it. */
export function acknowledge(group: AlertGroup, by: Person, at: number): Deed {
  if (group.state === 'resolved') return { ok: false, problem: { code: 'alert_over', id: group.id } }
  const { acknowledged } = group
  if (acknowledged && !isSamePerson(acknowledged.by, by)) {
    return { ok: false, problem: { code: 'alert_taken', id: group.id, by: acknowledged.by.user } }
  }
  const since = acknowledged?.at ?? at
  return { ok: true, next: { ...group, acknowledged: { by, at: since, remindAt: at + remindAfterMs } } }
}

/** Nobody sees to it (any more). Calls that were due meanwhile go out soon. */
export function unacknowledge(group: AlertGroup, at: number): Deed {
  const { acknowledged, ...rest } = group
  if (!acknowledged) return { ok: true }
  const escalations = rest.escalations.map((step) =>
    step.done ? step : { ...step, at: Math.max(step.at, at + graceMs) },
  )
  return { ok: true, next: { ...rest, escalations } }
}

export const silencedBy = (group: AlertGroup, silence: Silence): AlertGroup => ({ ...group, silence })

export function unsilenced({ silence: _, ...group }: AlertGroup): AlertGroup {
  return group
}
