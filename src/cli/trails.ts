import { join, resolve } from 'node:path'
import { stat } from 'node:fs/promises'
import { openPostgresTrail } from '../audit/postgres-trail.ts'
import type { AuditTrail } from '../audit/record.ts'
import { readChunks } from '../disk/byte-lines.ts'
import { systemClock } from '../time/clock.ts'
import { variables } from '../config/variables.ts'
import { openDatabase } from '../store/postgres/database.ts'
import { ReadbackError } from '../errors.ts'
import { fileFailure } from '../documents/file-failure.ts'
import type { FileProblem } from '../documents/file-problems.ts'
import type { Terminal } from './terminal.ts'
import { fileName } from './terminal.ts'

export interface OpenTrail extends Pick<AuditTrail, 'read'> {
  /** As messages call it. */
  readonly name: string
  close(): Promise<void>
}

/** The file that is named, else the database of DATABASE_URL, else audit.jsonl in the data folder. Takes no lock. */
export async function openTrail(given: string | undefined, { environment, cwd }: Terminal): Promise<OpenTrail> {
  const url = environment['DATABASE_URL']?.trim() ?? ''
  if (given === undefined && url !== '') return openShared(url)
  const folder = environment['READBACK_DATA']?.trim() || variables.READBACK_DATA.fallback
  const path = resolve(cwd, given ?? join(folder, 'audit.jsonl'))
  const name = fileName(path, cwd)
  const found = await stat(path).catch((error: unknown) => {
    throw new ReadbackError<FileProblem>(fileFailure(error, name))
  })
  if (!found.isFile()) throw new ReadbackError<FileProblem>({ code: 'file_not_a_file', file: name })
  return {
    name,
    read: () => readChunks(path),
    close: async () => {},
  }
}

async function openShared(url: string): Promise<OpenTrail> {
  const database = await openDatabase({ url, clock: systemClock, connections: 1 })
  try {
    const trail = await openPostgresTrail(database)
    return {
      name: 'audit_records',
      read: () => trail.read(),
      close: async () => {
        await trail.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}
