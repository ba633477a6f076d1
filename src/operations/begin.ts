import type { Stored } from '../store/store.ts'
import { refusalNow } from './allowed-now.ts'
import { again, conclude } from './conclude.ts'
import type { Hands, Step } from './conclude.ts'
import { differingPaths } from './drift.ts'
import { lockFor } from './object-lock.ts'
import type { Ending, OperationIn } from './operation.ts'

/** From `approved` to `running`: decided again, planned again, locked, stored. Nothing is sent to the cluster here, so a crash anywhere in here costs nothing. */
export async function begin(stored: Stored<OperationIn<'approved'>>, hands: Hands): Promise<Step> {
  const { ledger, parts } = hands
  const { approvedAt: _, ...operation } = stored.value
  const endedAt = await parts.store.now()
  const end = (state: 'voided' | 'denied', ending: Ending): Promise<Step> =>
    conclude(stored, { ...operation, state, ending, endedAt }, hands)

  const refusal = await refusalNow(stored.value, hands)
  if (refusal) return end('denied', { why: 'problem', problem: refusal })
  const planned = await parts.changes.plan(operation.order, operation.requester)
  if (!planned.ok) return end('voided', { why: 'problem', problem: planned.problem })
  if (planned.plan.fingerprint !== operation.plan.fingerprint) {
    return end('voided', { why: 'moved', moved: differingPaths(operation.plan, planned.plan) })
  }

  const lease = await lockFor(operation.plan, { id: operation.id, store: parts.store })
  if (!lease.free) return { next: 'later', at: lease.until, or: 'lock_freed' }
  // The warnings that were shown stay; a fresh look would warn of this operation itself.
  const plan = { ...planned.plan, warnings: operation.plan.warnings }
  const run = { plan, state: 'running', stage: 'writing', startedAt: endedAt, attempts: 0 } as const
  await ledger.move(stored, { ...operation, ...run }, { with: [lease.take] })
  return again
}
