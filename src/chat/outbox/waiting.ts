import type { Store, Stored } from '../../store/store.ts'
import type { MessageTs } from '../identity.ts'
import type { Outside, Sent, Wanted } from './card.ts'
import { cardsOutside, cardsSent } from './card.ts'

/** One card with something to send, without its message: that is read when its turn comes. */
export interface Waiting {
  readonly id: string
  wanted: Outside
  sent: Stored<Sent> | undefined
  /** The thread it belongs into; undefined while its parent card is not shown, or for the channel itself. */
  thread: MessageTs | undefined
  /** Not before (epoch ms): backing off, told to wait, or letting an unknown outcome settle. */
  notBefore: number
  tries: number
  /** The last attempt surely did not arrive, so there is nothing to read back. */
  surelyAbsent: boolean
  busy: boolean
}

/** `verify`: find out whether an earlier post arrived. `settle`: nothing to send, only to put away. */
export type Job = 'verify' | 'post' | 'edit' | 'settle'

/** By what the store says, and by what this process knows of its last attempt. */
export function jobOf({ sent, wanted, surelyAbsent }: Waiting): Job {
  switch (sent?.value.state) {
    case 'posting':
      return surelyAbsent ? 'post' : 'verify'
    case 'shown':
      return wanted.revision > sent.value.revision ? 'edit' : 'settle'
    case 'gone':
      return 'settle'
    case undefined:
    case 'absent':
      break
  }
  return 'post'
}

/** Is not in its channel yet, as far as is known. */
export function isUnposted(card: Waiting): boolean {
  const job = jobOf(card)
  return job === 'post' || job === 'verify'
}

/** Still waits for the message of the card whose thread it belongs into. */
export function isOrphan({ wanted, thread }: Waiting): boolean {
  return 'under' in wanted.to && thread === undefined
}

/** When it may be posted (epoch ms). Its owner has moved it since a channel refused it: what that channel said does not bind the new one. */
export function postableAt({ sent, wanted, notBefore }: Waiting): number {
  const refused = sent?.value.state === 'absent' ? sent.value.channel : undefined
  return refused !== undefined && refused !== wanted.to.channel ? 0 : notBefore
}

/** Where a card's thread is, once its parent card is shown. */
export async function threadOf(store: Store, to: Wanted['to']): Promise<MessageTs | undefined> {
  if (!('under' in to)) return to.thread
  const parent = await store.get(cardsSent, to.under)
  if (parent?.value.state !== 'shown' && parent?.value.state !== 'gone') return undefined
  return parent.value.thread ?? parent.value.ts
}

/** What the store says of a card; undefined when nothing is wanted of it. */
export async function readWaiting(
  store: Store,
  id: string,
  settleMs: number,
): Promise<Omit<Waiting, 'busy' | 'tries' | 'surelyAbsent'> | undefined> {
  const [wanted, sent] = await Promise.all([store.get(cardsOutside, id), store.get(cardsSent, id)])
  if (wanted === undefined) return undefined
  return {
    id,
    wanted: wanted.value,
    sent,
    thread: await threadOf(store, wanted.value.to),
    notBefore: earliest(sent?.value, settleMs),
  }
}

function earliest(sent: Sent | undefined, settleMs: number): number {
  if (sent?.state === 'posting') return sent.since + settleMs
  return sent?.state === 'absent' ? sent.retryAt : 0
}
