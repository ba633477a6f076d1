import type { Stored } from '../store/store.ts'
import { begin } from './begin.ts'
import type { Hands, Step } from './conclude.ts'
import { rest } from './conclude.ts'
import { follow } from './follow.ts'
import { objectLocks } from './object-lock.ts'
import { cardOf, operations } from './operation.ts'
import type { Operation } from './operation.ts'
import { OperationId } from './operation-id.ts'
import { awaitCard, awaitConfirmation, cardRefused, voidOvertaken } from './wait.ts'
import { write } from './write.ts'

/** Open operations looked at in one round. More wait for the next round; nothing is lost by it. */
const roundSize = 500

/** A step that threw is tried again after this; the record says where it stood. */
const retryMs = 5_000

interface Alarm {
  /** Of the record that it was set for. */
  readonly version: number
  /** What may wake it earlier. */
  readonly or: 'lock_freed' | undefined
  readonly cancel: () => void
}

export interface Runner {
  /** Takes up everything that is open, as after a crash, and from then on whatever moves. */
  start(): Promise<void>
  /** Ends watching; what runs is left in the store for the next start. Resolves when no step is under way. */
  stop(): Promise<void>
}

/** Moves operations along, each by one driver at a time, woken by the store, by cards that arrive and by due times. */
export function createRunner(hands: Hands): Runner {
  const { ledger, parts } = hands
  const stopping = new AbortController()
  const driving = new Map<string, Promise<void>>()
  const wakeAgain = new Set<string>()
  const alarms = new Map<Operation['id'], Alarm>()
  const ends: (() => void)[] = []

  async function step(stored: Stored<Operation>): Promise<Step> {
    const { id, version, value } = stored
    switch (value.state) {
      case 'planned':
        return awaitCard({ id, version, value }, hands)
      case 'awaiting_confirmation':
        return awaitConfirmation({ id, version, value }, hands)
      case 'approved':
        return begin({ id, version, value }, hands)
      case 'running':
        if (value.stage === 'writing') return write({ id, version, value }, hands)
        await voidOvertaken(value, hands)
        return follow({ id, version, value }, { ...hands, signal: stopping.signal })
      default:
        return rest
    }
  }

  async function drive(id: Operation['id']): Promise<void> {
    while (!stopping.signal.aborted) {
      wakeAgain.delete(id)
      const stored = await ledger.get(id)
      if (!stored) return
      const outcome = await step(stored).catch((error: unknown): Step => {
        parts.report(error, cardOf(id))
        return { next: 'later', at: parts.clock.now() + retryMs }
      })
      if (outcome.next === 'again') continue
      if (outcome.next === 'later') setAlarm(stored, outcome)
      if (!wakeAgain.has(id)) return
    }
  }

  function wake(id: Operation['id']): void {
    if (stopping.signal.aborted) return
    if (driving.has(id)) {
      wakeAgain.add(id)
      return
    }
    alarms.get(id)?.cancel()
    alarms.delete(id)
    const driver = drive(id)
      .catch((error: unknown) => parts.report(error, cardOf(id)))
      .finally(() => driving.delete(id))
    driving.set(id, driver)
  }

  function setAlarm(
    { version, value }: Stored<Operation>,
    { at, or }: { readonly at: number; readonly or?: 'lock_freed' },
  ): void {
    alarms.get(value.id)?.cancel()
    const cancel = parts.clock.after(Math.max(0, at - parts.clock.now()), () => {
      alarms.delete(value.id)
      wake(value.id)
    })
    alarms.set(value.id, { version, or, cancel })
  }

  async function round(): Promise<void> {
    for (const stored of await ledger.open(roundSize)) {
      const { id } = stored.value
      // Asleep on exactly this record: its alarm wakes it. Any newer record is looked at now.
      if (alarms.get(id)?.version !== stored.version) wake(id)
    }
  }

  const inBackground = (work: () => Promise<void>) => (): void => {
    if (!stopping.signal.aborted) work().catch((error: unknown) => parts.report(error, 'operations'))
  }

  const idOf = (card: string): Operation['id'] | undefined => {
    const parsed = OperationId.safeParse(card.startsWith('operation/') ? card.slice('operation/'.length) : undefined)
    return parsed.success ? parsed.data : undefined
  }

  return {
    start: async () => {
      ends.push(
        parts.store.watch(operations, inBackground(round)),
        parts.store.watch(objectLocks, () => {
          for (const [id, { or }] of alarms) if (or === 'lock_freed') wake(id)
        }),
        parts.board.onShown((card) => {
          const id = idOf(card)
          if (id) wake(id)
        }),
        parts.board.onUnusable((card, detail) => {
          inBackground(async () => {
            const id = idOf(card)
            const stored = id && (await ledger.get(id))
            if (stored) await cardRefused(stored, detail, hands)
          })()
        }),
      )
      for (const { value } of await ledger.open(roundSize)) wake(value.id)
    },
    stop: async () => {
      stopping.abort()
      for (const end of ends) end()
      for (const { cancel } of alarms.values()) cancel()
      alarms.clear()
      await Promise.all(driving.values())
    },
  }
}
