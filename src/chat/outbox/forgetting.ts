import type { Clock } from '../../time/clock.ts'
import { createRoutine } from '../../time/routine.ts'
import type { Routine } from '../../time/routine.ts'
import type { Collection, Store } from '../../store/store.ts'
import { remove } from '../../store/store.ts'
import { cardsSent } from './card.ts'
import { invitations } from './invitations.ts'

const everyMs = 3_600_000
const atOnce = 500

/** Removes what nobody edits or hears of any more, once an hour while `isMine`; begins with the first `wake`. */
export function createForgetting(parts: {
  readonly store: Store
  readonly clock: Clock
  readonly isMine: () => boolean
  readonly report: (error: unknown, card: string) => void
}): Routine {
  const { store, clock, isMine, report } = parts

  async function forget<Value>(collection: Collection<Value>): Promise<void> {
    const old = await store.due(collection, { at: await store.now(), limit: atOnce })
    for (const { id, version } of old) await store.commit([remove(collection, id, version)])
    if (old.length > 0 && isMine()) await forget(collection)
  }

  return createRoutine({
    clock,
    round: async () => {
      if (!isMine()) return undefined
      await forget(cardsSent)
      await forget(invitations)
      return everyMs
    },
    onFault: (error) => report(error, ''),
    restAfterFaultMs: everyMs,
  })
}
