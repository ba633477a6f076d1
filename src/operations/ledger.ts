import { owe } from '../audit/owed.ts'
import type { Change, Store, Stored } from '../store/store.ts'
import { leaseRecords } from '../store/leases.ts'
import { check, put } from '../store/store.ts'
import type { Turn } from '../store/turn.ts'
import { createOperationIds } from './operation-id.ts'
import { outcomeEntry } from './entries.ts'
import type { OperationId } from './operation-id.ts'
import { cardOf, operations } from './operation.ts'
import type { Operation } from './operation.ts'
import type { OperationCards } from './ports.ts'
import { mayFollow } from './states.ts'

export type Move =
  | { readonly moved: true; readonly stored: Stored<Operation> }
  | { readonly moved: false; readonly reason: 'conflict' | 'too_late' }

/** The record of operations: the only place that writes them. Each step is one conditional commit together with what the card shows then. */
export interface Ledger {
  get(id: OperationId): Promise<Stored<Operation> | undefined>
  /** Open operations by id, after `after`, at most `limit`. */
  open(limit: number, after?: string): Promise<readonly Stored<Operation>[]>
  /** By id, after `after`. */
  byKey(key: string, limit: number, after?: string): Promise<readonly Stored<Operation>[]>
  /** An id that nobody else gets, also if nothing comes of it. */
  reserve(): Promise<OperationId>
  /** Stores it with its card, or finds the one that the same payload (`cause`) has made before. Throws where `proof` does not hold. */
  create(
    operation: Operation,
    proof?: readonly Change[],
  ): Promise<{ readonly created: boolean; readonly stored: Stored<Operation> }>
  /**
   * From exactly this version to `next`. A transition that `states.ts` does not list throws: it is a bug.
   * `notAfter` is compared with the store's clock inside the commit.
   */
  move(
    from: Stored<Operation>,
    next: Operation,
    options?: { readonly notAfter?: number; readonly with?: readonly Change[] },
  ): Promise<Move>
}

/** A turn that is renewed while a commit is on its way refuses it once; the next one carries the renewed lease. */
const guardTries = 3

/** With a `turn`, what moves an operation is committed only while this process has it: a replica that lost it can write nothing. */
export function createLedger(parts: {
  readonly store: Store
  readonly cards: OperationCards
  readonly turn?: Turn
}): Ledger {
  const { store, cards, turn } = parts
  const byKey: Ledger['byKey'] = (key, limit, after) =>
    store.list(operations, { key, limit, ...(after === undefined ? {} : { after }) })

  const create: Ledger['create'] = async (operation, proof = []) => {
    const known = async () => (await byKey(`cause:${operation.cause}`, 1))[0]
    const before = await known()
    if (before) return { created: false, stored: before }
    const result = await store.commit([
      put(operations, { id: operation.id, value: operation, expect: 'absent' }),
      ...cards.show(operation, 1),
      ...proof,
    ])
    if (result.ok) return { created: true, stored: { id: operation.id, version: 1, value: operation } }
    const other = await known()
    if (other) return { created: false, stored: other }
    throw new Error(`${cardOf(operation.id)}: ${result.collection} ${result.id} is not as it was`)
  }

  const move: Ledger['move'] = async (from, next, options = {}) => {
    if (!mayFollow(from.value.state, next.state)) {
      throw new Error(`${cardOf(next.id)}: ${from.value.state} may not become ${next.state}`)
    }
    const changes = [
      put(operations, {
        id: next.id,
        value: next,
        expect: from.version,
        ...(options.notAfter === undefined ? {} : { notAfter: options.notAfter }),
      }),
      ...cards.show(next, from.version + 1),
      ...outcome(from.value, next, from.version + 1),
      ...(options.with ?? []),
    ]
    for (let tries = 1; ; tries += 1) {
      if (turn && !turn.mine()) return { moved: false, reason: 'conflict' }
      const result = await store.commit([...changes, ...(turn?.guard() ?? [])])
      if (result.ok) return { moved: true, stored: { id: next.id, version: from.version + 1, value: next } }
      if (result.collection !== leaseRecords.name) return { moved: false, reason: result.reason }
      if (tries >= guardTries) return { moved: false, reason: 'conflict' }
    }
  }

  const open: Ledger['open'] = (limit, after) =>
    store.list(operations, { key: 'open', limit, ...(after === undefined ? {} : { after }) })

  return { get: (id) => store.get(operations, id), open, byKey, reserve: createOperationIds(store), create, move }
}

/** Whatever way an operation ends, its outcome goes on the trail: not before it is true, and not only if the process lives on. */
function outcome(before: Operation, next: Operation, version: number): readonly Change[] {
  if (!('endedAt' in next) || 'endedAt' in before) return []
  return [owe(`${next.id}/${version}`, outcomeEntry(next, version), next.endedAt)]
}

/** Ties a commit to an operation staying as it is. */
export const unchanged = (stored: Stored<Operation>): Change => check(operations, stored.id, stored.version)
