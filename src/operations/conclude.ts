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

/** Ends an operation, and lets go of what it held. */
export async function conclude(stored: Stored<Operation>, end: Operation, { ledger, parts }: Hands): Promise<Step> {
  await ledger.move(stored, end, { with: await unlock(end, parts.store) })
  return again
}
