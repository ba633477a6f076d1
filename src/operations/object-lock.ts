import { z } from 'zod'
import type { Change, Collection, Store } from '../store/store.ts'
import { put, remove } from '../store/store.ts'
import { objectKey } from './keys.ts'
import { operations } from './operation.ts'
import type { Operation } from './operation.ts'
import type { Plan } from '../plans/plan.ts'
import { OperationId } from './operation-id.ts'

const Lock = z.object({ operation: OperationId, until: z.number() })
type Lock = z.infer<typeof Lock>

/** One writer an object, from before the patch until the API server's answer is stored. */
export const objectLocks: Collection<Lock> = {
  name: 'object-locks',
  parse: (raw) => Lock.parse(raw),
  due: (lock) => lock.until,
}

/** Longer than any answer may take, so that a lock outlives its write. */
const leaseMs = 60_000

/** A holder that has not found out yet what became of its write is asked for again after this. */
const unsettledMs = 5_000

export type Lease =
  | { readonly free: true; readonly take: Change }
  | { readonly free: false; readonly holder: OperationId; readonly until: number }

/**
 * Looks whether the operation's object is free; `take` belongs into the commit that lets the operation run. A holder whose write has no stored
 * answer yet, as after a crash, keeps the object beyond its lease: the mark that tells whether it arrived must not be covered by another.
 */
export async function lockFor(
  plan: Plan,
  { id: holder, store }: { readonly id: OperationId; readonly store: Store },
): Promise<Lease> {
  const id = objectKey(plan)
  const now = await store.now()
  const held = await store.get(objectLocks, id)
  if (held && held.value.operation !== holder) {
    const { operation, until } = held.value
    if (until > now) return { free: false, holder: operation, until }
    if (await isUnsettled(operation, store)) return { free: false, holder: operation, until: now + unsettledMs }
  }
  const value = { operation: holder, until: now + leaseMs }
  return { free: true, take: put(objectLocks, { id, value, expect: held?.version ?? 'absent' }) }
}

async function isUnsettled(id: OperationId, store: Store): Promise<boolean> {
  const found = (await store.get(operations, id))?.value
  return found?.state === 'running' && found.stage === 'writing'
}

/** Gives the object free, in the commit that stores the answer; nothing where the lease has passed to somebody else. */
export async function unlock(operation: Pick<Operation, 'id' | 'plan'>, store: Store): Promise<readonly Change[]> {
  const id = objectKey(operation.plan)
  const held = await store.get(objectLocks, id)
  return held?.value.operation === operation.id ? [remove(objectLocks, id, held.version)] : []
}
