import type { ManualClock } from '../../support/manual-clock.ts'
import type { FakeChannel } from './fake-channel.ts'
import type { Change, Store } from '../../../src/store/store.ts'
import type { Outbox } from '../../../src/chat/outbox/outbox.ts'
import type { Turn } from '../../../src/store/turn.ts'
import type { DigestCards } from '../../../src/chat/outbox/digest.ts'
import { createOutbox } from '../../../src/chat/outbox/outbox.ts'

export interface Process {
  readonly outbox: Outbox
  readonly faults: { readonly error: unknown; readonly card: string }[]
  /** As by `kill -9`: nothing it still does has an effect or an answer. */
  kill(): void
  /** Dies at the n-th call to the store or the chat from now: before it takes effect, or after, without the answer. */
  killAt(call: number, moment: 'before' | 'after'): void
  readonly alive: boolean
}

const never = (): Promise<never> => new Promise(() => {})

/** An outbox in a process that can die at any step. */
export function startProcess(parts: {
  readonly clock: ManualClock
  readonly store: Store
  readonly channel: FakeChannel
  readonly turn?: Turn
  readonly digest?: DigestCards
}): Process {
  const { clock, store, channel, turn, digest } = parts
  let alive = true
  let countdown = Number.POSITIVE_INFINITY
  let moment: 'before' | 'after' = 'before'
  const faults: Process['faults'] = []

  const guarded =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      if (!alive) return never()
      countdown -= 1
      if (countdown <= 0) {
        alive = false
        if (moment === 'after') await call(...args)
        return never()
      }
      const result = await call(...args)
      return alive ? result : never()
    }

  const outbox = createOutbox({
    store: {
      ...store,
      now: guarded(() => store.now()),
      get: (collection, id) => guarded(() => store.get(collection, id))(),
      list: (collection, query) => guarded(() => store.list(collection, query))(),
      due: (collection, query) => guarded(() => store.due(collection, query))(),
      commit: guarded((changes: readonly Change[]) => store.commit(changes)),
      watch: (collection, listener) => store.watch(collection, () => alive && listener()),
    },
    chat: {
      ...channel.chat,
      post: (message) => guarded(() => channel.chat.post(message))(),
      edit: (change) => guarded(() => channel.chat.edit(change))(),
      find: (search) => guarded(() => channel.chat.find(search))(),
    },
    clock: { now: () => clock.now(), after: (ms, task) => clock.after(ms, () => alive && task()) },
    report: (error, card) => faults.push({ error, card }),
    ...(turn === undefined ? {} : { turn }),
    ...(digest === undefined ? {} : { digest }),
  })
  outbox.start()
  return {
    outbox,
    faults,
    kill: () => {
      alive = false
    },
    killAt: (call, when) => {
      countdown = call
      moment = when
    },
    get alive() {
      return alive
    },
  }
}
