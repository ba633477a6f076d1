import type { Place } from '../chat/incoming.ts'
import { readOperationId } from '../operations/operation-id.ts'
import type { Desk } from './desk.ts'

/** What a thread is about, as a target that can be typed: under an operation's card, its workload. */
export async function aboutThread({ channel, thread }: Place, desk: Desk): Promise<string | undefined> {
  if (thread === undefined) return undefined
  const card = await desk.cardAt({ channel, ts: thread })
  const id = card?.startsWith('operation/') ? readOperationId(card.split('/')[1] ?? '') : undefined
  const found = id === undefined ? undefined : await desk.operations.ledger.get(id)
  if (!found) return undefined
  const { cluster, namespace, kind, name } = found.value.plan.workload
  return `${cluster}:${namespace}/${kind.toLowerCase()}/${name}`
}
