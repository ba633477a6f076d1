import type { Ledger } from './ledger.ts'

const pageSize = 500

/** Shows the cards anew that wait for approvals: something that they say besides their operation is different now. */
export async function showWaitingAgain(ledger: Pick<Ledger, 'open' | 'move'>): Promise<void> {
  let after: string | undefined
  for (;;) {
    const page = await ledger.open(pageSize, after)
    for (const stored of page) {
      if (stored.value.state === 'awaiting_approval') await ledger.move(stored, stored.value)
    }
    after = page.at(-1)?.id
    if (page.length < pageSize) return
  }
}
