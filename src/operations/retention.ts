import type { Store } from '../store/store.ts'
import { remove } from '../store/store.ts'
import { operations } from './operation.ts'

const helping = 200

/** Removes operations that ended more than a year ago, a bounded number at a time. Returns how many. */
export async function forgetFinished(store: Store): Promise<number> {
  const old = await store.due(operations, { at: await store.now(), limit: helping })
  let forgotten = 0
  for (const { id, version, value } of old) {
    if (!('endedAt' in value)) continue
    const { ok } = await store.commit([remove(operations, id, version)])
    if (ok) forgotten += 1
  }
  return forgotten
}
