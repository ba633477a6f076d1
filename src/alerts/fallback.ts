import type { ChannelId } from '../chat/identity.ts'
import { cardOfAlert, groupOfCard } from './group.ts'
import type { AlertLedger } from './ledger.ts'

/** What is asked of whoever posts. */
export interface Board {
  isShown(card: string): Promise<boolean>
  /** Try now what waits in that channel. */
  wake(channel: string): void
}

/**
 * A group whose card the channel refuses (archived, the bot was not invited) goes to the channel of the last route, and says so. Asked anew with each
 * refusal, so that a crash in between loses nothing.
 */
export async function moveUnusable(
  refused: { readonly card: string; readonly reason: string; readonly usual: ChannelId },
  { ledger, outbox }: { readonly ledger: AlertLedger; readonly outbox: Board },
): Promise<void> {
  const { card, reason, usual } = refused
  const id = groupOfCard(card)
  if (id === undefined || card !== cardOfAlert(id) || (await outbox.isShown(card))) return
  await ledger.amend(id, (group) => {
    if (group.channel === usual) return undefined
    return { next: { ...group, channel: usual, insteadOf: { channel: group.channel, reason } } }
  })
  outbox.wake(usual)
}
