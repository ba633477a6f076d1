import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Audit } from '../audit/audit.ts'
import { openFileTrail } from '../audit/file-trail.ts'
import { openPostgresTrail } from '../audit/postgres-trail.ts'
import type { AuditTrail, FollowedTrail } from '../audit/record.ts'
import type { Clock } from '../time/clock.ts'
import type { Config } from '../config/config.ts'
import { openDatabase } from '../store/postgres/database.ts'
import type { Disk } from '../disk/durable-file.ts'
import type { Log } from '../log.ts'
import { openEmbeddedStore } from '../store/embedded/embedded-store.ts'
import { createLeases } from '../store/leases.ts'
import { aloneAs, createPresence } from '../store/presence.ts'
import type { Presence } from '../store/presence.ts'
import { openPostgresStore } from '../store/postgres/postgres-store.ts'
import type { Store } from '../store/store.ts'
import { alone, createLeasedTurn } from '../store/turn.ts'
import type { Turn } from '../store/turn.ts'

/** Everything that outlives the process, and which of several processes acts on it. */
export interface Foundation {
  readonly store: Store
  readonly audit: Audit & AuditTrail & FollowedTrail
  /** Posting, driving and tidying are done by one replica at a time. */
  readonly turn: Turn
  readonly presence: Presence
  /** From now on this process may be the one that acts. */
  takeTurns(): void
  /** Lets another replica act. */
  handOn(): Promise<void>
  close(): Promise<void>
}

export interface FoundationParts {
  readonly clock: Clock
  /** What the trail is written to, where its data folder is used; the real disk unless told. */
  readonly disk?: Disk
  readonly log: Log
  readonly report: (error: unknown, about: string) => void
}

type FoundationConfig = Pick<Config, 'dataFolder' | 'databaseUrl'>

/** Opens what the configuration asks for: PostgreSQL, shared by replicas and without a data folder, or the files of one process. */
export function openFoundation(config: FoundationConfig, parts: FoundationParts): Promise<Foundation> {
  return config.databaseUrl === undefined ? openFiles(config.dataFolder, parts) : openShared(config.databaseUrl, parts)
}

const nothing = (): void => {}

async function openFiles(folder: string, { clock, log, disk }: FoundationParts): Promise<Foundation> {
  const { store, findings } = await openEmbeddedStore({
    folder,
    clock,
    report: (finding) => log.warn({ finding }, 'store'),
  })
  for (const finding of findings) log.warn({ finding }, 'store')
  try {
    const { trail } = await openFileTrail({ path: join(folder, 'audit.jsonl'), clock, ...(disk ? { disk } : {}) })
    const close = async (): Promise<void> => {
      await trail.close()
      await store.close()
    }
    return {
      store,
      audit: trail,
      turn: alone,
      presence: aloneAs(randomUUID()),
      takeTurns: nothing,
      handOn: async () => {},
      close,
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

async function openShared(url: string, { clock, log, report }: FoundationParts): Promise<Foundation> {
  const database = await openDatabase({ url, clock })
  try {
    const store = await openPostgresStore({ database, report: (finding) => log.warn({ finding }, 'store') })
    const trail = await openPostgresTrail(database)
    const id = randomUUID()
    const leases = createLeases(store, id)
    const turn = createLeasedTurn({ leases, clock, report: (error) => report(error, 'turn') })
    const presence = createPresence({ id, leases, clock, report: (error) => report(error, 'presence') })
    await presence.start()
    return {
      store,
      audit: trail,
      turn,
      presence,
      takeTurns: () => turn.start(),
      handOn: () => turn.stop(),
      close: async () => {
        await presence.stop()
        await trail.close()
        await store.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}
