import { mkdir } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Clock } from '../../time/clock.ts'
import type { Disk } from '../../disk/durable-file.ts'
import { realDisk } from '../../disk/durable-file.ts'
import { createGroupCommit } from '../../disk/group-commit.ts'
import { checkChanges, readRow } from '../commit-rules.ts'
import type { StoreFinding } from '../problems.ts'
import { StoreError } from '../problems.ts'
import type { Change, Commit, Store } from '../store.ts'
import { createWatchers } from '../watchers.ts'
import { lockFolder } from './folder-lock.ts'
import { openLog } from './log.ts'
import { recover } from './opening.ts'
import { thisProcess } from './process-identity.ts'
import { createTables } from './tables.ts'
import type { Document } from './document.ts'
import type { Effect } from './tables.ts'
import { weigh } from './weigh.ts'

export interface EmbeddedStoreOptions {
  /** Made if absent; only one process may have it at a time. */
  readonly folder: string
  readonly clock: Clock
  /** Told of what happens later without a caller to tell: a compaction that failed, a listener that threw. */
  readonly report?: (finding: StoreFinding) => void
  readonly disk?: Disk
  /** Journal bytes after which a snapshot is written; 4 MiB, or the last snapshot's size if that is more. */
  readonly compactAt?: number
}

export interface OpenedStore {
  readonly store: Store
  readonly findings: readonly StoreFinding[]
}

const mostWaiting = 50_000
const flushBytes = 1024 * 1024

/**
 * Everything in memory, every commit in a journal before it is visible. Readers see what is on disk and nothing else;
 * commits are weighed one after another, those of one flush on top of each other, so two on the same version never both pass.
 * A watch listener is called once a flush, however many commits that flush carried.
 */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<OpenedStore> {
  const { folder, clock, disk = realDisk, report = () => undefined } = options
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw unwritable(folder, error)
  })
  let refusal: StoreError | undefined
  const lock = lockFolder({
    folder,
    clock,
    self: thisProcess(),
    onLost: () => {
      refusal ??= new StoreError({ code: 'store_locked', folder, pid: 0 })
    },
  })
  const tables = createTables()
  const watchers = createWatchers(report)
  const opened = await open().catch((error: unknown) => {
    lock.release()
    throw unwritable(folder, error)
  })

  async function open() {
    const recovered = await recover(folder, tables)
    const log = openLog({
      folder,
      recovered,
      tables,
      disk,
      ...(options.compactAt === undefined ? {} : { compactAt: options.compactAt }),
    })
    return { recovered, log }
  }
  const { log } = opened

  const flush = async (commits: readonly (readonly Change[])[]): Promise<readonly Commit[]> => {
    if (refusal !== undefined) throw refusal
    const now = clock.now()
    const pending = new Map<string, Effect>()
    const standing = (collection: string, id: string): Document | undefined => {
      const effect = pending.get(`${collection}\n${id}`)
      return effect === undefined ? tables.find(collection, id) : effect.document
    }
    const answers = commits.map((changes) => {
      const { answer, effects } = weigh(changes, now, standing)
      for (const effect of effects) pending.set(`${effect.collection}\n${effect.id}`, effect)
      return answer
    })
    // A flush in which every commit was refused writes nothing; one of empty commits is a probe and does.
    if (pending.size > 0 || answers.some((answer) => answer.ok)) {
      await write([...pending.values()])
      for (const effect of pending.values()) tables.apply(effect)
      watchers.call(new Set([...pending.values()].map(({ collection }) => collection)))
    }
    return answers
  }

  const write = (effects: readonly Effect[]) =>
    log.append(effects).catch((error: unknown) => {
      throw unwritable(basename(log.path()), error)
    })

  const group = createGroupCommit<readonly Change[], Commit>({
    flush,
    weight: (changes) => changes.reduce((sum, { body }) => sum + 64 + (body?.json.length ?? 0), 64),
    limit: flushBytes,
    full: { at: mostWaiting, error: () => new StoreError({ code: 'store_overloaded', waiting: mostWaiting }) },
  })

  let closed = false
  const mustBeOpen = () => {
    if (closed) throw new StoreError({ code: 'store_closed' })
  }

  const commit = async (changes: readonly Change[]): Promise<Commit> => {
    mustBeOpen()
    checkChanges(changes)
    const answer = await group.submit(changes)
    log.compactWhenDue(group, (detail) => report({ code: 'store_compaction_failed', detail }))
    return answer
  }

  const store: Store = {
    now: async () => clock.now(),
    get: async (collection, id) => {
      mustBeOpen()
      const document = tables.find(collection.name, id)
      return document === undefined ? undefined : readRow(collection, document)
    },
    list: async (collection, query) => {
      mustBeOpen()
      return tables.list(collection.name, query).map((document) => readRow(collection, document))
    },
    due: async (collection, query) => {
      mustBeOpen()
      return tables.due(collection.name, query).map((document) => readRow(collection, document))
    },
    nextDue: async (collection) => {
      mustBeOpen()
      return tables.nextDue(collection.name)
    },
    commit,
    watch: (collection, listener) => watchers.add(collection.name, listener),
    probe: async () => {
      await commit([])
    },
    close: async () => {
      if (closed) return
      closed = true
      await group.idle()
      await log.close()
      lock.release()
    },
  }
  const taken = lock.takenOverFrom
  return {
    store,
    findings: [
      ...(taken === undefined ? [] : [{ code: 'store_lock_taken_over' as const, pid: taken }]),
      ...opened.recovered.findings,
    ],
  }
}

function unwritable(file: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const detail = error instanceof Error ? error.message : String(error)
  return new StoreError({ code: 'store_unwritable', file, detail }, { cause: error })
}
