import type { Stored } from '../store/store.ts'
import { again } from './conclude.ts'
import type { Hands, Step } from './conclude.ts'
import { entryAbout } from './entries.ts'
import { lockFor } from './object-lock.ts'
import { maxAttempts, prepare } from './prepare.ts'
import { arrived, arriveWithinMs, endUnchanged, failed, sendWithinMs } from './write-end.ts'
import type { Writing } from './write-end.ts'

/**
 * One patch, its answer stored; also the way back in after a crash. Whether an earlier attempt arrived is told by the mark that the
 * patched object carries, never by memory.
 */
export async function write(stored: Stored<Writing>, hands: Hands): Promise<Step> {
  const { ledger, parts } = hands
  const ready = await prepare(stored, hands)
  if ('next' in ready) return ready

  const lease = await lockFor(stored.value.plan, { id: stored.value.id, store: parts.store })
  if (!lease.free) return { next: 'later', at: lease.until, or: 'lock_freed' }
  const before = parts.clock.now() + sendWithinMs
  const now = await parts.store.now()
  const { attempts, mayArriveUntil = 0 } = stored.value
  const attempt: Writing = {
    ...stored.value,
    plan: ready.plan,
    attempts: attempts + 1,
    mayArriveUntil: now + arriveWithinMs,
  }
  const counted = await ledger.move(stored, attempt, { with: [lease.take] })
  if (!counted.moved) return again
  const holding = { ...counted.stored, value: attempt }
  // Where this attempt surely did nothing: only an earlier one may still be under way.
  const unsent = mayArriveUntil < now ? { ...holding, value: allAnswered(attempt) } : holding

  try {
    const details = { fingerprint: attempt.plan.fingerprint, attempt: attempt.attempts }
    await parts.audit.record({ ...entryAbout(attempt, 'intent'), details })
  } catch (error) {
    parts.report(error, attempt.id)
    return endUnchanged(unsent, () => failed(unsent, { code: 'operation_unrecorded' }, hands), hands)
  }

  const written = await parts.changes.write(attempt, { seen: ready.mark, before })
  switch (written.kind) {
    case 'stored':
      return arrived(holding, hands)
    case 'refused':
      return endUnchanged(unsent, () => failed(unsent, written.problem, hands), hands)
    case 'not_sent':
      if (attempt.attempts >= maxAttempts) {
        return endUnchanged(unsent, () => failed(unsent, written.problem, hands), hands)
      }
      if (unsent !== holding) await ledger.move(holding, unsent.value)
      return { next: 'later', at: (await parts.store.now()) + written.retryAfterMs }
    case 'moved':
    case 'overdue':
      if (unsent !== holding) await ledger.move(holding, unsent.value)
      return again
    case 'unknown':
      return again
  }
}

function allAnswered(operation: Writing): Writing {
  const { mayArriveUntil: _, ...rest } = operation
  return rest
}
