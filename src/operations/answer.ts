import type { AuditEntry } from '../audit/audit.ts'
import type { VoteProblem } from '../approvals/problems.ts'
import { isSamePerson } from '../chat/identity.ts'
import type { Person } from '../chat/identity.ts'
import type { Hands } from './conclude.ts'
import { entryAbout } from './entries.ts'
import type { Operation, OperationIn } from './operation.ts'
import { readOperationId } from './operation-id.ts'
import type { OperationProblem } from './problems.ts'
import { isWaiting } from './states.ts'
import type { WaitingState } from './states.ts'

/** What a click or `/ops cancel` about an operation came to. */
export type Answered =
  | { readonly ok: true; readonly operation: Operation }
  | { readonly ok: false; readonly problem: OperationProblem | VoteProblem }

export const isBy = (operation: Operation, person: Person): boolean => isSamePerson(operation.requester, person)

export const notWaiting = ({ id, state }: Operation): Answered => ({
  ok: false,
  problem: { code: 'operation_not_waiting', id, state },
})

/** The requester says yes to exactly the plan on the card; `fingerprint` is what their button carried. */
export async function confirm(
  click: { readonly id: string; readonly fingerprint: string; readonly by: Person },
  { ledger, parts }: Hands,
): Promise<Answered> {
  let recorded: AuditEntry | undefined
  for (;;) {
    const found = await find(click.id, ledger)
    if (!found) return { ok: false, problem: { code: 'operation_unknown', id: click.id } }
    const operation = found.value
    const waits = operation.state === 'awaiting_confirmation' || operation.state === 'planned'
    if (!waits || operation.gate !== 'confirmation') return moved(operation, recorded, parts)
    if (!isBy(operation, click.by)) {
      return {
        ok: false,
        problem: { code: 'operation_not_yours', id: operation.id, requester: operation.requester.user },
      }
    }
    if (operation.plan.fingerprint !== click.fingerprint) {
      return { ok: false, problem: { code: 'operation_other_plan', id: operation.id } }
    }
    const entry = { ...entryAbout(operation, 'confirmation'), details: { fingerprint: click.fingerprint } }
    if (!recorded) await parts.audit.record(entry)
    recorded = entry
    const { deadline, ...rest } = operation
    const next: Operation = { ...rest, state: 'approved', approvedAt: await parts.store.now() }
    const move = await ledger.move(found, next, { notAfter: deadline })
    if (move.moved) return { ok: true, operation: move.stored.value }
    if (move.reason === 'too_late') {
      return withoutEffect(entry, { code: 'operation_too_late', id: operation.id }, parts)
    }
  }
}

/** Takes an operation back before it runs: the requester, or somebody whom the policy gives `cancel` there. */
export async function cancel(
  order: { readonly id: string; readonly by: Person },
  { ledger, parts }: Hands,
): Promise<Answered> {
  let recorded: AuditEntry | undefined
  // Its card may be stored, or a vote counted, in this very moment: then it is looked at once more.
  for (;;) {
    const found = await find(order.id, ledger)
    if (!found) return { ok: false, problem: { code: 'operation_unknown', id: order.id } }
    const operation = found.value
    if (!isWaiting(operation)) return moved(operation, recorded, parts)
    const own = isBy(operation, order.by)
    if (!own && !(await mayCancel(operation, order.by, parts.authority))) {
      return {
        ok: false,
        problem: { code: 'operation_not_yours', id: operation.id, requester: operation.requester.user },
      }
    }
    const entry = { ...entryAbout(operation, 'cancellation'), who: `${order.by.team}/${order.by.user}` }
    if (!recorded) await parts.audit.record(entry)
    recorded = entry
    const next: Operation = {
      ...withoutWait(operation),
      state: 'cancelled',
      endedAt: await parts.store.now(),
      ending: own ? { why: 'requester' } : { why: 'holder', by: order.by },
    }
    const move = await ledger.move(found, next)
    if (move.moved) return { ok: true, operation: move.stored.value }
  }
}

/** It waits no more. Who has answered already has that on the trail too. */
async function moved(
  operation: Operation,
  recorded: AuditEntry | undefined,
  parts: Pick<Hands['parts'], 'audit'>,
): Promise<Answered> {
  const { id, state } = operation
  return recorded ? withoutEffect(recorded, { code: 'operation_not_waiting', id, state }, parts) : notWaiting(operation)
}

/** It stands on the trail, as it must before it counts; that it did not count in the end has to stand there too. */
export async function withoutEffect(
  entry: AuditEntry,
  problem: OperationProblem,
  { audit }: Pick<Hands['parts'], 'audit'>,
): Promise<Answered> {
  await audit.record({ ...entry, details: { ...entry.details, refused: problem.code } })
  return { ok: false, problem }
}

/** By an id as somebody typed it. */
export async function find(id: string, ledger: Hands['ledger']) {
  const known = readOperationId(id)
  return known === undefined ? undefined : ledger.get(known)
}

async function mayCancel(
  operation: Operation,
  person: Person,
  authority: Hands['parts']['authority'],
): Promise<boolean> {
  const { cluster, namespace, name } = operation.plan.workload
  const request = { action: 'cancel', cluster, environment: operation.environment, namespace, name } as const
  return (await authority.decide(person, request, 10_000)).verdict === 'allow'
}

/** The operation without what only its waiting state has. */
export function withoutWait(operation: OperationIn<WaitingState>) {
  if (operation.state === 'approved') {
    const { approvedAt: _, ...rest } = operation
    return rest
  }
  const { deadline: _, ...rest } = operation
  return rest
}
