import type { Clock } from '../time/clock.ts'
import { createRoutine } from '../time/routine.ts'
import type { Change, Store, Stored } from '../store/store.ts'
import type { Turn } from '../store/turn.ts'
import { put, remove } from '../store/store.ts'
import { stepOf } from './book.ts'
import { alertGroups } from './group.ts'
import type { AlertGroup, Escalation } from './group.ts'
import type { Intake } from './intake.ts'
import type { ShowGroup } from './ledger.ts'
import type { AlertListener } from './lifecycle.ts'
import { foremost } from './routes.ts'
import type { Routes } from './routes.ts'
import { tick } from './tick.ts'
import { awaitWatchdogs, isSuperfluous, silenced, watchdogs } from './watchdog.ts'
import type { Watchdog, WatchdogRule } from './watchdog.ts'
import { labelsOf } from './workload.ts'

/** What is said in a group's thread when time has come. `quiet`: nobody is mentioned now. */
export interface AlertCalls {
  escalate(
    group: AlertGroup,
    call: { readonly step: Escalation; readonly quiet: boolean; readonly at: number },
  ): readonly Change[]
  remind(group: AlertGroup, call: { readonly quiet: boolean; readonly at: number }): readonly Change[]
}

export interface KeeperParts {
  readonly store: Store
  readonly clock: Clock
  readonly turn: Turn
  readonly intake: Pick<Intake, 'take'>
  readonly show: ShowGroup
  readonly listener: AlertListener
  readonly calls: AlertCalls
  readonly routes: Routes
  readonly watchdog: WatchdogRule | undefined
  readonly report: (error: unknown, about: string) => void
}

export interface Keeper {
  start(): void
  /** Resolves when nothing is under way. */
  stop(): Promise<void>
}

/** Between two looks at what is due: calls come as late as this. */
const lookEveryMs = 2_000
const pageSize = 200

/** What becomes of alerts by time alone, on the replica that has the turn: calls, reminders, ends for want of news, watchdogs that fell silent. */
export function createKeeper(parts: KeeperParts): Keeper {
  const { store, clock, turn, watchdog, report } = parts
  let awaiting = true

  async function keep(): Promise<void> {
    if (!turn.mine()) {
      awaiting = true
      return
    }
    const at = await store.now()
    if (watchdog && awaiting) {
      const { ok } = await store.commit([...(await awaitWatchdogs(watchdog, { store, at })), ...turn.guard()])
      awaiting = !ok
    }
    for (const due of await store.due(alertGroups, { at, limit: pageSize })) await alone(due, () => move(due, at))
    if (!watchdog) return
    for (const due of await store.due(watchdogs, { at, limit: pageSize })) await alone(due, () => bark(due, at))
  }

  /** One that cannot be moved keeps no other back. */
  const alone = ({ id }: Pick<Stored<unknown>, 'id'>, work: () => Promise<void>): Promise<void> =>
    work().catch((error: unknown) => report(error, id))

  async function bark({ id, version, value }: Stored<Watchdog>, at: number): Promise<void> {
    const found = silenced(id, value, at)
    if (found.kind === 'forget' || (await isSuperfluous(id, store))) {
      await store.commit([remove(watchdogs, id, version), ...turn.guard()])
      return
    }
    const marked = await store.commit([put(watchdogs, { id, value: found.marked, expect: version }), ...turn.guard()])
    if (!marked.ok) return
    await parts.intake.take({ source: 'readback', notices: [found.notice], tests: [] })
    await store.commit([put(watchdogs, { id, value: found.said, expect: version + 1 }), ...turn.guard()])
  }

  async function move({ id, version, value: before }: Stored<AlertGroup>, at: number): Promise<void> {
    const ticked = tick(before, at)
    if (!ticked || !turn.mine()) return
    const { group, called, remind } = ticked
    const step = stepOf(before, group)
    const quiet = isQuiet(group, at)
    // Refused when somebody acknowledged it meanwhile, or the source spoke: then it is looked at anew.
    await store.commit([
      put(alertGroups, { id, value: group, expect: version }),
      ...parts.show(group, { version: version + 1, pace: 'soon', ...(step === undefined ? {} : { step }) }),
      ...(step === undefined ? [] : parts.listener.changes(step, group)),
      ...called.flatMap((one) => parts.calls.escalate(group, { step: one, quiet, at })),
      ...(remind ? parts.calls.remind(group, { quiet, at }) : []),
      ...turn.guard(),
    ])
  }

  function isQuiet(group: AlertGroup, at: number): boolean {
    return foremost(parts.routes, labelsOf(group)).quiet?.at(at) !== undefined
  }

  const routine = createRoutine({
    clock,
    round: async () => {
      await keep()
      return lookEveryMs
    },
    onFault: (error) => report(error, 'alerts'),
    restAfterFaultMs: lookEveryMs,
  })

  return {
    start: () => {
      awaiting = true
      routine.wake()
    },
    stop: () => routine.stop(),
  }
}
