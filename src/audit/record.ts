import { z } from 'zod'
import type { Json } from '../json.ts'

/** One record as it stands in the trail. Unknown members are kept out, not refused: the chain vouches for the line. */
export const AuditRecord = z.object({
  seq: z.int().positive(),
  /** RFC 3339, UTC. */
  time: z.iso.datetime(),
  what: z.string(),
  who: z.string(),
  cluster: z.string().optional(),
  action: z.string().optional(),
  target: z.string().optional(),
  operation: z.string().optional(),
  channel: z.string().optional(),
  details: z.record(z.string(), z.custom<Json>()).optional(),
  prev: z.string(),
  hash: z.string(),
})
export type AuditRecord = z.infer<typeof AuditRecord>

/** Undefined for a line that is no record. */
export function parseRecord(line: Buffer | string): AuditRecord | undefined {
  try {
    const raw: unknown = JSON.parse(line.toString('utf8'))
    return AuditRecord.safeParse(raw).data
  } catch {
    return undefined
  }
}

/** Which records are wanted; all that are given must hold. Times in epoch ms. */
export interface AuditFilter {
  readonly who?: string
  readonly what?: string
  readonly cluster?: string
  readonly action?: string
  readonly operation?: string
  /** Exact, as in the record. */
  readonly target?: string
  readonly since?: number
  readonly until?: number
}

export function matches(record: AuditRecord, filter: AuditFilter): boolean {
  const at = Date.parse(record.time)
  if (filter.since !== undefined && at < filter.since) return false
  if (filter.until !== undefined && at > filter.until) return false
  return (['who', 'what', 'cluster', 'action', 'operation', 'target'] as const).every(
    (name) => filter[name] === undefined || filter[name] === record[name],
  )
}

/** Newest first. `complete` is false where the search was ended by its limit or its bound, so that there may be more. */
export interface Recent {
  readonly records: readonly AuditRecord[]
  readonly complete: boolean
}

/** A trail that can be written, read backwards and read as a whole. */
export interface AuditTrail {
  recent(query: AuditFilter & { readonly limit: number }): Promise<Recent>
  /** The trail's bytes, line after line, as `verify` and `export` take them. */
  read(): AsyncIterable<Buffer>
}
