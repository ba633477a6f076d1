import { rm, stat } from 'node:fs/promises'
import type { Disk } from '../../disk/durable-file.ts'
import { openDurableFile, syncFolder } from '../../disk/durable-file.ts'
import type { GroupCommit } from '../../disk/group-commit.ts'
import { encodeFrame, frameText } from './frames.ts'
import { createJournal, journalPath } from './journal.ts'
import type { Recovered } from './opening.ts'
import { snapshotPath } from './opening.ts'
import { snapshotDatabase } from './snapshot.ts'
import type { Effect, Tables } from './tables.ts'

/** The journal being written, and its compaction. */
export interface Log {
  path(): string
  append(effects: Iterable<Effect>): Promise<void>
  /** Starts a compaction when the journal has grown enough and none is under way; never waits for it. */
  compactWhenDue(between: Pick<GroupCommit<never, never>, 'between'>, failed: (detail: string) => void): void
  /** Waits for a compaction under way. */
  close(): Promise<void>
}

export interface LogOptions {
  readonly folder: string
  readonly recovered: Recovered
  readonly tables: Tables
  readonly disk: Disk
  readonly compactAt?: number
}

const smallestJournal = 4 * 1024 * 1024

export function openLog({ folder, recovered, tables, disk, compactAt = smallestJournal }: LogOptions): Log {
  const database = snapshotDatabase(snapshotPath(folder))
  let file = openDurableFile(recovered.path, disk)
  let { path, generation, frame } = recovered
  let oldest = generation
  let threshold = compactAt
  let compaction: Promise<void> | undefined

  /** From here on commits go to a new journal; what was before it is captured for the snapshot. */
  const rotate = async () => {
    const next = { generation: generation + 1, after: frame }
    const made = await createJournal(folder, next).catch(async (error: unknown) => {
      await rm(journalPath(folder, next.generation), { force: true })
      throw error
    })
    const opened = openDurableFile(made, disk)
    await file.close()
    file = opened
    path = made
    generation = next.generation
    return { generation, frame, collections: tables.capture() }
  }

  const compact = async ({ between }: Pick<GroupCommit<never, never>, 'between'>) => {
    threshold = Number.POSITIVE_INFINITY
    try {
      const snapshot = await between(rotate)
      database.data = { snapshot }
      await database.write()
      for (; oldest < snapshot.generation; oldest += 1) await rm(journalPath(folder, oldest), { force: true })
      await syncFolder(folder)
      threshold = Math.max(compactAt, (await stat(snapshotPath(folder))).size)
    } catch (error) {
      threshold = file.size() + compactAt
      throw error
    } finally {
      database.data = { snapshot: undefined }
    }
  }

  return {
    path: () => path,
    append: async (effects) => {
      await file.append(encodeFrame(frameText(frame + 1, effects)))
      frame += 1
    },
    compactWhenDue: (group, failed) => {
      if (compaction !== undefined || file.size() < threshold) return
      compaction = compact(group)
        .catch((error: unknown) => failed(error instanceof Error ? error.message : String(error)))
        .finally(() => {
          compaction = undefined
        })
    },
    close: async () => {
      await compaction
      await file.close()
    },
  }
}
