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
  /** Exact, as in the record: `shop/Deployment/web`. */
  readonly target?: string
  /** Any of these. */
  readonly clusters?: readonly string[]
  /** The target's namespace, kind and name, each exact. */
  readonly namespace?: string
  readonly kind?: string
  readonly name?: string
  readonly since?: number
  readonly until?: number
}

/** The parts of a record's target, where it has one: `shop/Deployment/web`, `shop/web` or `shop`. */
export function targetParts({ target }: Pick<AuditRecord, 'target'>): TargetParts {
  const parts = target?.split('/') ?? []
  const [namespace] = parts
  return { namespace, kind: parts.length > 2 ? parts[1] : undefined, name: parts.length > 1 ? parts.at(-1) : undefined }
}

export interface TargetParts {
  readonly namespace: string | undefined
  readonly kind: string | undefined
  readonly name: string | undefined
}

export function matches(record: AuditRecord, filter: AuditFilter): boolean {
  const at = Date.parse(record.time)
  if (filter.since !== undefined && at < filter.since) return false
  if (filter.until !== undefined && at > filter.until) return false
  const { clusters } = filter
  if (clusters !== undefined && (record.cluster === undefined || !clusters.includes(record.cluster))) return false
  const parts = targetParts(record)
  return (
    (['namespace', 'kind', 'name'] as const).every((one) => filter[one] === undefined || filter[one] === parts[one]) &&
    (['who', 'what', 'cluster', 'action', 'operation', 'target'] as const).every(
      (name) => filter[name] === undefined || filter[name] === record[name],
    )
  )
}

/** Newest first. `complete` is false where the search was ended by its limit or its bound, so that there may be more. */
export interface Recent {
  readonly records: readonly AuditRecord[]
  readonly complete: boolean
}

/** Where somebody stands who reads the trail onwards: after the record `seq`, whose line ends before this byte (0 where lines are rows). */
export interface TrailPlace {
  readonly seq: number
  readonly byte: number
}

/** A trail that can be read backwards and as a whole. */
export interface AuditTrail {
  recent(query: AuditFilter & { readonly limit: number }): Promise<Recent>
  /** The trail's bytes, line after line, as `verify` and `export` take them. */
  read(): AsyncIterable<Buffer>
}

/** A trail that can be followed. */
export interface FollowedTrail {
  /** Its end now. */
  end(): Promise<TrailPlace>
  /** The records after a place, oldest first, at most `limit`, and the place after the last of them. From a place behind its end: none, and its end. */
  after(
    place: TrailPlace,
    limit: number,
  ): Promise<{ readonly records: readonly AuditRecord[]; readonly place: TrailPlace }>
}
