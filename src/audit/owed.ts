import { z } from 'zod'
import type { Clock } from '../time/clock.ts'
import { createRoutine } from '../time/routine.ts'
import type { Json } from '../json.ts'
import type { Change, Collection, Store, Stored } from '../store/store.ts'
import { put, remove } from '../store/store.ts'
import type { Turn } from '../store/turn.ts'
import type { Audit, AuditEntry } from './audit.ts'
import { entryText } from './chain.ts'
import type { AuditTrail } from './record.ts'

const Owed = z.object({
  entry: z.object({
    what: z.string(),
    who: z.string(),
    cluster: z.string().exactOptional(),
    action: z.string().exactOptional(),
    target: z.string().exactOptional(),
    operation: z.string().exactOptional(),
    channel: z.string().exactOptional(),
    details: z.record(z.string(), z.custom<Json>()).exactOptional(),
  }) satisfies z.ZodType<AuditEntry>,
  /** Epoch ms. */
  since: z.number(),
})
type Owed = z.infer<typeof Owed>

/** Records that are true and not yet known to be on the trail. */
export const owedRecords: Collection<Owed> = { name: 'audit-owed', parse: (raw) => Owed.parse(raw) }

/** Goes into the commit that makes it true; it is on the trail soon after, exactly once. `id` is unique for good. */
export const owe = (id: string, entry: AuditEntry, since: number): Change =>
  put(owedRecords, { id, value: { entry, since }, expect: 'any' })

export interface OwedRecords {
  start(): void
  /** Writes what there is and ends. */
  stop(): Promise<void>
}

const retryMs = 5_000
const pageSize = 200
/** The clocks of store and trail may differ by this much. */
const slackMs = 600_000

/**
 * Puts on the trail what has become true already: outcomes. The trail cannot stop them, and a trail that cannot be written now gets them later. What
 * another process, or an attempt that failed half way, may have written is looked for before it is written again.
 */
export function createOwedRecords(parts: {
  readonly store: Store
  readonly audit: Audit
  readonly trail: Pick<AuditTrail, 'recent'>
  /** What becomes of an entry on its way to the trail. */
  readonly asWritten: (entry: AuditEntry) => AuditEntry
  readonly turn: Turn
  readonly clock: Clock
  readonly report: (error: unknown, about: string) => void
}): OwedRecords {
  const { store, audit, trail, asWritten, turn, clock, report } = parts
  const ends: (() => void)[] = []
  let stopped = true
  /** Those that others may have written already. */
  const doubtful = new Set<string>()
  let inherited = true

  async function isWritten({ entry, since }: Owed): Promise<boolean> {
    const { what, operation, who } = entry
    const query = { what, who, ...(operation === undefined ? {} : { operation }), since: since - slackMs, limit: 50 }
    const { records } = await trail.recent(query)
    const text = entryText(asWritten(entry))
    return records.some((record) => entryText(record) === text)
  }

  async function write({ id, value, version }: Stored<Owed>): Promise<void> {
    if (!(doubtful.has(id) && (await isWritten(value)))) {
      if (!turn.mine()) return
      doubtful.add(id)
      // Whoever has lost the turn while this is on its way writes it no second time.
      await audit.record(value.entry, id)
    }
    await store.commit([remove(owedRecords, id, version)])
    doubtful.delete(id)
  }

  async function writeAll(): Promise<void> {
    if (!turn.mine()) return
    for (;;) {
      const page = await store.list(owedRecords, { limit: pageSize })
      if (inherited) for (const { id } of page) doubtful.add(id)
      if (page.length < pageSize) inherited = false
      for (const one of page) await write(one)
      if (page.length < pageSize || !turn.mine()) return
    }
  }

  const routine = createRoutine({
    clock,
    round: async () => {
      await writeAll()
      return undefined
    },
    onFault: (error) => report(error, 'audit'),
    restAfterFaultMs: retryMs,
  })

  return {
    start: () => {
      if (!stopped) return
      stopped = false
      const taken = (): void => {
        inherited = true
        routine.wake()
      }
      ends.push(
        store.watch(owedRecords, () => routine.wake()),
        turn.onChange(taken),
      )
      routine.wake()
    },
    stop: async () => {
      if (stopped) return
      stopped = true
      for (const end of ends.splice(0)) end()
      await routine.stop()
      await writeAll().catch((error: unknown) => report(error, 'audit'))
    },
  }
}
