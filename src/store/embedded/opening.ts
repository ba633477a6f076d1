import { readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { StoreFinding } from '../problems.ts'
import { StoreError } from '../problems.ts'
import { createJournal, journalGeneration, journalPath, replayJournal } from './journal.ts'
import { snapshotDatabase } from './snapshot.ts'
import type { Tables } from './tables.ts'

export interface Recovered {
  /** Journal to go on writing. */
  readonly path: string
  readonly generation: number
  /** Number of the last frame. */
  readonly frame: number
  readonly findings: readonly StoreFinding[]
}

export function snapshotPath(folder: string): string {
  return join(folder, 'snapshot.json')
}

/**
 * Fills `tables` from the snapshot and every journal since. A snapshot of generation n holds all that came before
 * journal n; journals before it are left-overs. Journals must follow one another without a gap: a missing one is
 * damage, and nothing is guessed.
 */
export async function recover(folder: string, tables: Tables): Promise<Recovered> {
  const files = await readdir(folder)
  for (const file of files)
    if (/^(snapshot\.json|journal-\d+\.jsonl|lock\.\d+)\.tmp$/.test(file))
      await rm(join(folder, file), { force: true, recursive: true })

  const database = snapshotDatabase(snapshotPath(folder))
  await database.read()
  const { snapshot } = database.data
  for (const { collection, documents } of snapshot?.collections ?? []) {
    for (const document of documents) tables.apply({ collection, id: document.id, document })
  }

  const first = snapshot?.generation ?? 0
  const present = files.flatMap((file) => journalGeneration(file) ?? []).sort((a, b) => a - b)
  const generations = present.filter((generation) => generation >= first)
  if (snapshot === undefined && generations.length === 0) {
    return { path: await createJournal(folder, { generation: 0, after: 0 }), generation: 0, frame: 0, findings: [] }
  }
  const last = generations[generations.length - 1] ?? first
  for (let expected = first; expected <= last; expected += 1) {
    if (generations[expected - first] !== expected) {
      throw new StoreError({ code: 'store_corrupt', file: basename(journalPath(folder, expected)), where: 'missing' })
    }
  }

  const findings: StoreFinding[] = []
  let frame = snapshot?.frame ?? 0
  let generation = first
  for (const number of generations) {
    const path = journalPath(folder, number)
    const replayed = await replayJournal({
      path,
      after: frame,
      last: number === last,
      apply: (effect) => tables.apply(effect),
    })
    if (replayed.finding !== undefined) findings.push(replayed.finding)
    if (replayed.abandoned) await rm(path)
    else generation = number
    frame = replayed.frame
  }
  for (const left of present) if (left < first) await rm(journalPath(folder, left), { force: true })
  return { path: journalPath(folder, generation), generation, frame, findings }
}
