import type { Stored } from '../store/store.ts'
import { alone } from '../store/turn.ts'
import type { Turn } from '../store/turn.ts'
import { begin } from './begin.ts'
import type { Hands, Step } from './conclude.ts'
import { rest } from './conclude.ts'
import { createDrivers } from './drivers.ts'
import type { Drivers, During } from './drivers.ts'
import { follow } from './follow.ts'
import type { Ledger } from './ledger.ts'
import { objectLocks } from './object-lock.ts'
import { operations } from './operation.ts'
import type { Operation } from './operation.ts'
import { OperationId } from './operation-id.ts'
import { awaitApproval, awaitCard, awaitConfirmation, cardRefused, voidOvertaken } from './wait.ts'
import { write } from './write.ts'

/** Open operations read at once. */
const pageSize = 500

/** Between two looks at everything that is open, as a multiple of what the last one took. */
const restFactor = 5
const longestRestMs = 1_000

export interface Runner {
  /** Takes up everything that is open, as after a crash, and from then on whatever moves; with a turn, while this process has it. */
  start(): Promise<void>
  /** Ends watching; what runs is left in the store for the next start. Resolves when no step is under way. */
  stop(): Promise<void>
}

/** Moves operations along, woken by the store, by cards that arrive and by due times. */
export function createRunner(hands: Hands, turn: Turn = alone): Runner {
  const { ledger, parts } = hands
  const ends: (() => void)[] = []
  const leaving = new Set<Promise<void>>()
  let tenure: Drivers | undefined
  let stopped = false
  let looking: Promise<void> | undefined
  let lookAgain = false
  let cancelLook = (): void => {}

  async function step(stored: Stored<Operation>, { signal, wrote }: During): Promise<Step> {
    const { id, version, value } = stored
    const own = { ...hands, ledger: telling(ledger, value.id, wrote) }
    switch (value.state) {
      case 'planned':
        return awaitCard({ id, version, value }, own)
      case 'awaiting_confirmation':
        return awaitConfirmation({ id, version, value }, own)
      case 'awaiting_approval':
        return awaitApproval({ id, version, value }, own)
      case 'approved':
        return begin({ id, version, value }, own)
      case 'running':
        if (value.stage === 'writing') return write({ id, version, value }, own)
        await voidOvertaken(value, own)
        return follow({ id, version, value }, { ...own, signal })
      default:
        return rest
    }
  }

  async function takeUp(): Promise<void> {
    let after: string | undefined
    for (;;) {
      const page = await ledger.open(pageSize, after)
      tenure?.wakeNewer(page)
      after = page.at(-1)?.id
      if (page.length < pageSize) return
    }
  }

  /** One look at a time, and not all the time: each costs as much as there is open. */
  function look(): void {
    lookAgain = true
    if (stopped || looking || !tenure) return
    lookAgain = false
    const from = parts.clock.now()
    let failed = false
    looking = takeUp()
      .catch((error: unknown) => {
        parts.report(error, 'operations')
        lookAgain = failed = true
      })
      .finally(() => {
        const pause = failed ? longestRestMs : Math.min(longestRestMs, restFactor * (parts.clock.now() - from))
        cancelLook = parts.clock.after(pause, () => {
          looking = undefined
          if (lookAgain) look()
        })
      })
  }

  function changeHands(): void {
    const left = tenure?.end()
    tenure = undefined
    if (left) {
      leaving.add(left)
      void left.finally(() => leaving.delete(left))
    }
    if (stopped || !turn.mine()) return
    tenure = createDrivers({
      clock: parts.clock,
      read: (id) => ledger.get(id),
      step,
      mine: () => turn.mine(),
      report: parts.report,
    })
    look()
  }

  async function refused(card: string, detail: string): Promise<void> {
    const id = idOf(card)
    const stored = id && (await ledger.get(id))
    if (stored && tenure) await cardRefused(stored, detail, hands)
  }

  return {
    start: async () => {
      ends.push(
        parts.store.watch(operations, look),
        parts.store.watch(objectLocks, () => tenure?.wakeWaitingFor('lock_freed')),
        parts.board.onMoved(() => tenure?.wakeWaitingFor('card_moved')),
        parts.board.onShown((card) => {
          const id = idOf(card)
          if (id) tenure?.wake(id)
        }),
        parts.board.onUnusable((card, detail) => {
          refused(card, detail).catch((error: unknown) => parts.report(error, card))
        }),
        turn.onChange(changeHands),
      )
      changeHands()
      await looking
    },
    stop: async () => {
      stopped = true
      for (const end of ends) end()
      changeHands()
      cancelLook()
      await Promise.all([looking, ...leaving])
      cancelLook()
    },
  }
}

/** The ledger, telling which versions of one operation were written through it. */
const telling = (ledger: Ledger, id: OperationId, wrote: (version: number) => void): Ledger => ({
  ...ledger,
  move: async (from, next, options) => {
    const move = await ledger.move(from, next, options)
    if (move.moved && next.id === id) wrote(move.stored.version)
    return move
  },
})

function idOf(card: string): OperationId | undefined {
  const parsed = OperationId.safeParse(card.startsWith('operation/') ? card.slice('operation/'.length) : undefined)
  return parsed.success ? parsed.data : undefined
}
