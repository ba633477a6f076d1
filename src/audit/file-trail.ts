import { mkdir, open, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { readChunks } from '../disk/byte-lines.ts'
import type { Clock } from '../time/clock.ts'
import type { Disk, DurableFile } from '../disk/durable-file.ts'
import { openDurableFile, realDisk, syncFolder } from '../disk/durable-file.ts'
import { createGroupCommit } from '../disk/group-commit.ts'
import type { Audit, AuditEntry, AuditHead } from './audit.ts'
import { entryText, link } from './chain.ts'
import { linesOnwards } from './file-onwards.ts'
import { linesBackwards } from './file-tail.ts'
import { AuditError } from './problems.ts'
import type { AuditFilter, AuditRecord, AuditTrail, FollowedTrail, Recent, TrailPlace } from './record.ts'
import { matches, parseRecord } from './record.ts'
import { mendTail } from './tail-repair.ts'

export interface FileTrail extends Audit, AuditTrail, FollowedTrail {
  /** The last record on disk. */
  head(): AuditHead
  close(): Promise<void>
}

export interface FileTrailOptions {
  /** `audit.jsonl` in the data folder, which the store's lock keeps to one process. */
  readonly path: string
  readonly clock: Clock
  readonly disk?: Disk
}

export interface OpenedTrail {
  readonly trail: FileTrail
  /** Bytes of a record that was never acknowledged, cut off the end; the trail's next record says so. */
  readonly cut: number
}

const mostWaiting = 50_000
const flushBytes = 1024 * 1024
/** Records are in order of writing; the machine's clock may have been set back by this much in between. */
const clockSlack = 60 * 60 * 1000
/** A query reads no further back than this; a narrower one finds more. */
const searchBytes = 64 * 1024 * 1024

/**
 * The trail as a file of JSON lines, one flush for all records that wait. Opening looks at the end only: `verify` walks
 * the chain. Throws `audit_broken` where the end is neither whole nor torn: that is left for people to look at.
 */
export async function openFileTrail({ path, clock, disk = realDisk }: FileTrailOptions): Promise<OpenedTrail> {
  const where = basename(path)
  const opened = await begin(path, where)
  const { file } = opened
  let { head } = opened
  let end: TrailPlace = { seq: head.count, byte: file.size() }
  let closed = false

  const group = createGroupCommit<string, AuditHead>({
    flush: async (entries) => {
      const heads: AuditHead[] = []
      const lines: string[] = []
      const at = clock.now()
      let next = head
      for (const entry of entries) {
        const linked = link(next, entry, at)
        next = linked.head
        heads.push(next)
        lines.push(linked.line, '\n')
      }
      try {
        await file.append(Buffer.from(lines.join('')))
      } catch (error) {
        throw unwritable(where, error)
      }
      head = next
      end = { seq: head.count, byte: file.size() }
      return heads
    },
    weight: (entry) => 256 + entry.length,
    limit: flushBytes,
    full: { at: mostWaiting, error: () => new AuditError({ code: 'audit_overloaded', waiting: mostWaiting }) },
  })

  const record = async (entry: AuditEntry): Promise<AuditHead> => {
    if (closed) throw new AuditError({ code: 'audit_closed' })
    return group.submit(entryText(entry))
  }

  async function begin(path: string, where: string): Promise<{ file: DurableFile; head: AuditHead; cut: Buffer }> {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await (await open(path, 'a', 0o600)).close()
      await syncFolder(dirname(path))
      const mended = await mendTail(path)
      return { ...mended, file: openDurableFile(path, disk) }
    } catch (error) {
      throw error instanceof AuditError ? error : unwritable(where, error)
    }
  }

  const trail: FileTrail = {
    record,
    head: () => head,
    recent: (query) => searchBackwards({ path, where, size: file.size() }, query),
    end: async () => end,
    after: (place, limit) => readOnwards(path, place, { end, limit }),
    read: () => readChunks(path),
    close: async () => {
      if (closed) return
      closed = true
      await group.idle()
      await file.close()
    },
  }
  const cut = opened.cut.length
  try {
    if (cut > 0) await record({ what: 'repair', who: 'readback', details: { cut } })
  } catch (error) {
    await trail.close()
    throw error
  }
  return { trail, cut }
}

function unwritable(where: string, error: unknown): AuditError {
  const detail = error instanceof Error ? error.message : String(error)
  return new AuditError({ code: 'audit_unwritable', where, detail }, { cause: error })
}

/** Reads from the end; stops at the limit, at a record from before `since`, or after 64 MiB. */
async function searchBackwards(
  { path, where, size }: { readonly path: string; readonly where: string; readonly size: number },
  query: AuditFilter & { readonly limit: number },
): Promise<Recent> {
  const records: AuditRecord[] = []
  let seen = 0
  const end = Math.min(size, (await stat(path)).size)
  for await (const lines of linesBackwards(path, end)) {
    for (const line of lines) {
      seen += line.length + 1
      const record = parseRecord(line)
      if (record === undefined) throw new AuditError({ code: 'audit_broken', where, why: 'not-a-record' })
      if (query.since !== undefined && Date.parse(record.time) < query.since - clockSlack)
        return { records, complete: true }
      if (!matches(record, query)) continue
      if (records.length >= query.limit) return { records, complete: false }
      records.push(record)
    }
    if (seen > searchBytes) return { records, complete: false }
  }
  return { records, complete: true }
}

/** A place whose byte does not fit its number (a trail put back from elsewhere) is found again by its number, from the start. */
async function readOnwards(
  path: string,
  place: TrailPlace,
  { end, limit }: { readonly end: TrailPlace; readonly limit: number },
): Promise<{ readonly records: readonly AuditRecord[]; readonly place: TrailPlace }> {
  if (place.seq >= end.seq) return { records: [], place: end }
  const records: AuditRecord[] = []
  let { byte } = place
  while (byte < end.byte && records.length === 0) {
    const found = await linesOnwards(path, { from: byte, to: end.byte, most: limit })
    if (found.lines.length === 0) break
    for (const line of found.lines) {
      const record = parseRecord(line)
      const lost = record === undefined || (records.length === 0 && record.seq > place.seq + 1)
      if (lost && place.byte > 0) return readOnwards(path, { seq: place.seq, byte: 0 }, { end, limit })
      if (record === undefined)
        throw new AuditError({ code: 'audit_broken', where: basename(path), why: 'not-a-record' })
      if (record.seq > place.seq) records.push(record)
    }
    byte = found.byte
  }
  const last = records.at(-1)
  return { records, place: last ? { seq: last.seq, byte } : end }
}
