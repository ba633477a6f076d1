import { groupOfCard } from '../alerts/group.ts'
import type { Place } from '../chat/incoming.ts'
import { typedTarget } from '../clusters/names.ts'
import { readOperationId } from '../operations/operation-id.ts'
import type { Desk } from './desk.ts'

/** What a thread is about, as a target that can be typed: under the card of an operation or an alert, its workload. */
export async function aboutThread({ channel, thread }: Place, desk: Desk): Promise<string | undefined> {
  if (thread === undefined) return undefined
  const card = await desk.cardAt({ channel, ts: thread })
  const alert = card === undefined ? undefined : groupOfCard(card)
  if (alert !== undefined) {
    const workload = (await desk.alerts.ledger.get(alert))?.value.workload
    return workload && typedTarget(workload)
  }
  const id = card?.startsWith('operation/') ? readOperationId(card.split('/')[1] ?? '') : undefined
  const found = id === undefined ? undefined : await desk.operations.ledger.get(id)
  return found && typedTarget(found.value.plan.workload)
}
