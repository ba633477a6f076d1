import { templatePath } from '../plans/template.ts'
import type { Stored } from '../store/store.ts'
import { withoutWait } from './answer.ts'
import { again, conclude } from './conclude.ts'
import type { Hands, Step } from './conclude.ts'
import { objectKey, openKey } from './keys.ts'
import { cardOf } from './operation.ts'
import type { Operation, OperationIn } from './operation.ts'
import { isWaiting } from './states.ts'

/** A confirmation that nobody gives is worth nothing after this. */
const confirmWithinMs = 300_000

/** `planned`: goes on once its card stands in the channel, because nothing may happen that nobody was shown. */
export async function awaitCard(stored: Stored<OperationIn<'planned'>>, hands: Hands): Promise<Step> {
  const { ledger, parts } = hands
  const now = await parts.store.now()
  if (now > stored.value.deadline) {
    const ending = { why: 'card_not_posted' as const, detail: '' }
    return conclude(stored, { ...withoutWait(stored.value), state: 'voided', endedAt: now, ending }, hands)
  }
  for (const card of [cardOf(stored.value.id), ...(parts.cards.besides?.(stored.value) ?? [])]) {
    if (!(await parts.board.isShown(card))) return { next: 'later', at: stored.value.deadline + 1, or: 'card_moved' }
  }
  const { deadline: _, ...operation } = stored.value
  const next = afterShown(operation, now)
  await ledger.move(stored, next)
  return again
}

/** The clocks of confirmations and approvals start once the card's message is stored. */
function afterShown(operation: Omit<OperationIn<'planned'>, 'deadline'>, now: number): Operation {
  if (operation.gate === 'confirmation') {
    return { ...operation, state: 'awaiting_confirmation', deadline: now + confirmWithinMs }
  }
  if (operation.gate === 'none') return { ...operation, state: 'approved', approvedAt: now }
  const expiresMs = operation.approval?.requirement.expiresMs ?? 0
  return { ...operation, state: 'awaiting_approval', deadline: now + expiresMs }
}

/** `awaiting_approval`: reminded once when a fifth of its time is left, ends at its deadline. */
export async function awaitApproval(stored: Stored<OperationIn<'awaiting_approval'>>, hands: Hands): Promise<Step> {
  const { ledger, parts } = hands
  const { deadline, approval } = stored.value
  const now = await parts.store.now()
  if (now >= deadline) {
    return conclude(stored, { ...withoutWait(stored.value), state: 'expired', endedAt: now }, hands)
  }
  const remindAt = deadline - (approval?.requirement.expiresMs ?? 0) / 5
  if (!approval || approval.reminded) return { next: 'later', at: deadline }
  if (now < remindAt) return { next: 'later', at: remindAt }
  const reminded = { ...stored.value, approval: { ...approval, reminded: true } }
  await ledger.move(stored, reminded, { with: parts.cards.remind(reminded) })
  return again
}

/** `awaiting_confirmation`: ends at its deadline. */
export async function awaitConfirmation(
  stored: Stored<OperationIn<'awaiting_confirmation'>>,
  hands: Hands,
): Promise<Step> {
  const now = await hands.parts.store.now()
  if (now <= stored.value.deadline) return { next: 'later', at: stored.value.deadline + 1 }
  return conclude(stored, { ...withoutWait(stored.value), state: 'expired', endedAt: now }, hands)
}

/** The channel refuses the card: the change is not made, and its requester is told why. */
export async function cardRefused(stored: Stored<Operation>, detail: string, hands: Hands): Promise<void> {
  if (stored.value.state !== 'planned') return
  const ending = { why: 'card_not_posted' as const, detail }
  const endedAt = await hands.parts.store.now()
  await conclude(stored, { ...withoutWait(stored.value), state: 'voided', endedAt, ending }, hands)
}

/** Waiting operations that rest on values which `done` has just changed can no longer happen as shown: they end at once. */
export async function voidOvertaken(done: Operation, { ledger, parts }: Hands): Promise<void> {
  const same = await ledger.byKey(openKey(objectKey(done.plan)), 100)
  for (const stored of same) {
    const { value } = stored
    const waits = isWaiting(value) && value.state !== 'approved'
    if (!waits || value.id === done.id || !restsOnSame(value, done)) continue
    const ending = { why: 'overtaken' as const, by: done.id }
    await ledger.move(stored, { ...withoutWait(value), state: 'voided', endedAt: await parts.store.now(), ending })
  }
}

/** Does the waiting plan test a value (or a part of one) that the other one has written? */
function restsOnSame(waiting: Operation, done: Operation): boolean {
  // What a restart changes is bookkeeping, and still makes another template.
  const written = done.plan.effect.kind === 'restart' ? [templatePath] : done.plan.patch.map(({ path }) => path)
  return waiting.plan.tests.some(({ path }) => written.some((one) => one.startsWith(path) || path.startsWith(one)))
}
