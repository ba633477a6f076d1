import { z } from 'zod'
import type { Database, Query } from '../store/postgres/database.ts'
import { migrate } from '../store/postgres/database.ts'
import { createGroupCommit } from '../disk/group-commit.ts'
import type { Audit, AuditHead } from './audit.ts'
import { emptyHead, entryText, headOf, link } from './chain.ts'
import { auditMigrations } from './postgres-schema.ts'
import { AuditError } from './problems.ts'
import type { AuditFilter, AuditRecord, AuditTrail, FollowedTrail } from './record.ts'
import { parseRecord } from './record.ts'

export interface PostgresTrail extends Audit, AuditTrail, FollowedTrail {
  /** The last record of any replica. */
  head(): Promise<AuditHead>
  close(): Promise<void>
}

const Head = z.object({ count: z.coerce.number(), hash: z.string() })
const HeadNow = Head.extend({ now: z.number() })
const Once = z.object({ once: z.string() })
const Line = z.object({ seq: z.coerce.number(), line: z.string() })

/** A record on its way. */
interface Entry {
  readonly text: string
  readonly once: string | undefined
}

const mostWaiting = 50_000
const flushBytes = 1024 * 1024
const pageSize = 1000
const where = 'audit_records'

/**
 * One chain for all replicas. Each flush is one transaction that locks the head, so records of one replica share it
 * and replicas take turns; times are the database's. Rows are the same lines as the file's, and verify the same way.
 */
export async function openPostgresTrail(database: Database): Promise<PostgresTrail> {
  const newer = await migrate(database, auditMigrations).catch(unwritable)
  if (newer !== undefined) {
    throw new AuditError({ code: 'audit_newer', where, found: newer.newer, known: auditMigrations.steps.length })
  }
  await checkEnd(database)
  let closed = false

  const append = (entries: readonly Entry[]) =>
    database.transaction(async (query) => {
      const [row] = await query(
        `select count, hash, extract(epoch from clock_timestamp())::double precision * 1000 as now from audit_head for update`,
      )
      const { now, ...before } = HeadNow.parse(row)
      let head: AuditHead = before
      const heads: AuditHead[] = []
      const lines: string[] = []
      const keys: (string | null)[] = []
      // Under the lock of the head: whoever else writes comes before or after.
      const written = await writtenUnder(entries, query)
      for (const { text, once } of entries) {
        if (once === undefined || !written.has(once)) {
          const linked = link(head, text, Math.floor(now))
          head = linked.head
          lines.push(linked.line)
          keys.push(once ?? null)
          if (once !== undefined) written.add(once)
        }
        heads.push(head)
      }
      if (lines.length === 0) return heads
      await query(
        `insert into audit_records (seq, time, what, who, cluster, action, operation, target, line, once)
         select r.seq, r.time, r.what, r.who, r.cluster, r.action, r.operation, r.target, l.line, l.once
         from unnest($1::text[], $2::text[]) as l(line, once)
         cross join lateral json_to_record(l.line::json)
           as r(seq bigint, time timestamptz, what text, who text, cluster text, action text, operation text, target text)`,
        [lines, keys],
      )
      await query(`update audit_head set count = $1, hash = $2`, [head.count, head.hash])
      return heads
    })

  const group = createGroupCommit<Entry, AuditHead>({
    flush: (entries) => append(entries).catch(unwritable),
    weight: ({ text }) => 256 + text.length,
    limit: flushBytes,
    full: { at: mostWaiting, error: () => new AuditError({ code: 'audit_overloaded', waiting: mostWaiting }) },
  })

  return {
    record: async (entry, once) => {
      if (closed) throw new AuditError({ code: 'audit_closed' })
      return group.submit({ text: entryText(entry), once })
    },
    head: () => readHead(database),
    recent: async (query) => {
      const { text, values } = recentQuery(query)
      const rows = await database.query(text, values).catch(unreadable)
      const records = rows.slice(0, query.limit).map((row) => recordOf(Line.parse(row).line))
      return { records, complete: rows.length <= query.limit }
    },
    end: async () => ({ seq: (await readHead(database)).count, byte: 0 }),
    after: async (place, limit) => {
      const lines = await linesAfter(database, { after: place.seq, upTo: Number.MAX_SAFE_INTEGER, limit })
      const records = lines.map(({ line }) => recordOf(line))
      const seq = records.at(-1)?.seq ?? (await readHead(database)).count
      return { records, place: { seq, byte: 0 } }
    },
    read: () => readLines(database),
    close: async () => {
      closed = true
      await group.idle()
    },
  }
}

async function writtenUnder(entries: readonly Entry[], query: Query): Promise<Set<string>> {
  const asked = entries.flatMap(({ once }) => (once === undefined ? [] : [once]))
  if (asked.length === 0) return new Set()
  const rows = await query(`select once from audit_records where once = any($1::text[])`, [asked])
  return new Set(rows.map((row) => Once.parse(row).once))
}

async function* readLines(database: Database): AsyncGenerator<Buffer> {
  const { count } = await readHead(database)
  for (let after = 0; after < count;) {
    const page = await linesAfter(database, { after, upTo: count, limit: pageSize })
    const last = page[page.length - 1]
    if (last === undefined) return
    after = last.seq
    yield Buffer.from(page.map(({ line }) => `${line}\n`).join(''))
  }
}

async function linesAfter(
  database: Database,
  { after, upTo, limit }: { readonly after: number; readonly upTo: number; readonly limit: number },
) {
  const rows = await database
    .query(`select seq, line from ${where} where seq > $1 and seq <= $2 order by seq limit $3`, [after, upTo, limit])
    .catch(unreadable)
  return rows.map((row) => Line.parse(row))
}

function recordOf(line: string): AuditRecord {
  const record = parseRecord(line)
  if (record === undefined) throw new AuditError({ code: 'audit_broken', where, why: 'not-a-record' })
  return record
}

/** The head's own row must be the last record's: else one of the two was altered. */
async function checkEnd(database: Database): Promise<void> {
  const [head, rows] = await database
    .transaction(
      async (query) =>
        [
          Head.parse((await query(`select count, hash from audit_head for update`))[0]),
          await query(`select seq, line from ${where} order by seq desc limit 1`),
        ] as const,
    )
    .catch(unreadable)
  const last = rows[0] === undefined ? emptyHead : headOf(Buffer.from(Line.parse(rows[0]).line))
  if (typeof last === 'string') throw new AuditError({ code: 'audit_broken', where, why: last, line: head.count })
  if (last.count !== head.count)
    throw new AuditError({ code: 'audit_broken', where, why: 'sequence', line: head.count })
  if (last.hash !== head.hash) throw new AuditError({ code: 'audit_broken', where, why: 'hash', line: head.count })
}

async function readHead(database: Database): Promise<AuditHead> {
  const [row] = await database.query(`select count, hash from audit_head`).catch(unreadable)
  return Head.parse(row)
}

function recentQuery({
  limit,
  since,
  until,
  clusters,
  namespace,
  kind,
  name: named,
  ...exact
}: AuditFilter & { readonly limit: number }) {
  const values: unknown[] = [limit + 1]
  const conditions: string[] = []
  const add = (condition: string, value: unknown) => {
    values.push(value)
    conditions.push(`${condition} ($${values.length})`)
  }
  for (const name of ['who', 'what', 'cluster', 'action', 'operation', 'target'] as const) {
    if (exact[name] !== undefined) add(`${name} =`, exact[name])
  }
  if (clusters !== undefined) add('cluster = any', clusters)
  if (namespace !== undefined) add(`split_part(target, '/', 1) =`, namespace)
  if (kind !== undefined) add(`target like '%/%/%' and split_part(target, '/', 2) =`, kind)
  if (named !== undefined) add(`target like '%/%' and reverse(split_part(reverse(target), '/', 1)) =`, named)
  if (since !== undefined) add('time >=', new Date(since).toISOString())
  if (until !== undefined) add('time <=', new Date(until).toISOString())
  const filter = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`
  return { text: `select seq, line from ${where} ${filter} order by seq desc limit $1`, values }
}

function unwritable(error: unknown): never {
  if (error instanceof AuditError) throw error
  throw new AuditError({ code: 'audit_unwritable', where, detail: messageOf(error) }, { cause: error })
}

function unreadable(error: unknown): never {
  if (error instanceof AuditError) throw error
  throw new AuditError({ code: 'audit_unreadable', where, detail: messageOf(error) }, { cause: error })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
