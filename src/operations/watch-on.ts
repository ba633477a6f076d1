import type { Answered } from './answer.ts'
import type { Person } from '../chat/identity.ts'
import type { Hands } from './conclude.ts'
import { entryAbout } from './entries.ts'
import { readOperationId } from './operation-id.ts'

/** Takes up the watch of a rollout that did not finish in its time. Changes nothing on the cluster. */
export async function watchOn(
  { id, by }: { readonly id: string; readonly by: Person },
  { ledger, parts }: Hands,
): Promise<Answered> {
  const known = readOperationId(id)
  const found = known === undefined ? undefined : await ledger.get(known)
  if (!found) return { ok: false, problem: { code: 'operation_unknown', id } }
  const { value } = found
  const unfinished = value.state === 'failed' && value.failure.why === 'not_finished' && value.patchedAt !== undefined
  if (!unfinished || value.state !== 'failed' || value.patchedAt === undefined) {
    return { ok: false, problem: { code: 'operation_not_waiting', id: value.id, state: value.state } }
  }
  await parts.audit.record({ ...entryAbout(value, 'watch'), who: `${by.team}/${by.user}` })
  const { endedAt: _, failure: __, patchedAt, ...operation } = value
  const watchFrom = await parts.store.now()
  const move = await ledger.move(found, { ...operation, patchedAt, watchFrom, state: 'running', stage: 'watching' })
  if (move.moved) return { ok: true, operation: move.stored.value }
  return { ok: false, problem: { code: 'operation_not_waiting', id: value.id, state: value.state } }
}
