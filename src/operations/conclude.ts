import type { AuditEntry } from '../audit/audit.ts'
import type { Stored } from '../store/store.ts'
import type { Ledger } from './ledger.ts'
import { unlock } from './object-lock.ts'
import type { Operation } from './operation.ts'
import type { OperationParts } from './ports.ts'

/** What a step needs besides the operation itself. */
export interface Hands {
  readonly ledger: Ledger
  readonly parts: OperationParts
}

/** What may end a wait before its time: an object's lock was let go of; what became of a card was written down. */
export type Waker = 'lock_freed' | 'card_moved'

/** What to do after a step. */
export type Step =
  /** Look at the operation again now. */
  | { readonly next: 'again' }
  /** Leave it until then (epoch ms); `or` names what may wake it earlier. */
  | { readonly next: 'later'; readonly at: number; readonly or?: Waker }
  /** It waits for people, or has ended. */
  | { readonly next: 'rest' }

export const again: Step = { next: 'again' }
export const rest: Step = { next: 'rest' }

/** The audit fields that every record about an operation shares. */
export function entryAbout(operation: Operation, what: string): AuditEntry {
  const { workload } = operation.plan
  return {
    what,
    who: `${operation.requester.team}/${operation.requester.user}`,
    cluster: workload.cluster,
    action: operation.order.action,
    target: `${workload.namespace}/${workload.kind}/${workload.name}`,
    operation: operation.id,
    channel: operation.place.channel,
  }
}

/** Ends an operation: the outcome is on the audit trail before the record and the card say so. */
export async function conclude(stored: Stored<Operation>, end: Operation, { ledger, parts }: Hands): Promise<Step> {
  const details = {
    state: end.state,
    fingerprint: end.plan.fingerprint,
    ...('ending' in end ? { why: end.ending.why } : {}),
    ...('failure' in end ? { why: end.failure.why } : {}),
  }
  await parts.audit.record({ ...entryAbout(end, 'outcome'), details })
  await ledger.move(stored, end, { with: await unlock(end, parts.store) })
  return again
}
