import type { Store } from '../store/store.ts'
import { remove } from '../store/store.ts'
import { alertGroups, currentIncidents } from './group.ts'

const helping = 200

/** Forgets groups that have been over for 30 days; returns how many. Their cards stay where they are. */
export async function forgetResolved(store: Store): Promise<number> {
  let forgotten = 0
  for (const { id, value, version } of await store.due(alertGroups, { at: await store.now(), limit: helping })) {
    if (value.state !== 'resolved') continue
    const current = await store.get(currentIncidents, value.key)
    const pointer = current?.value.id === value.id ? [remove(currentIncidents, value.key, current.version)] : []
    const { ok } = await store.commit([remove(alertGroups, id, version), ...pointer])
    if (ok) forgotten += 1
  }
  return forgotten
}
