import type { Json } from '../json.ts'
import type { AuditEntry } from './audit.ts'

/** What people type freely, or clusters say; all else in a record is names, ids and hashes of ours. */
const free: ReadonlySet<string> = new Set(['line', 'reason', 'breakGlass', 'problems'])

/** The entry without secrets that somebody typed. */
export function maskedEntry(entry: AuditEntry, mask: (text: string) => string): AuditEntry {
  const { details } = entry
  if (!details || !Object.keys(details).some((key) => free.has(key))) return entry
  const masked = Object.entries(details).map(([key, value]): [string, Json] => [
    key,
    free.has(key) ? maskedJson(value, mask) : value,
  ])
  return { ...entry, details: Object.fromEntries(masked) }
}

function maskedJson(value: Json, mask: (text: string) => string): Json {
  if (typeof value === 'string') return mask(value)
  return Array.isArray(value) ? value.map((one) => maskedJson(one, mask)) : value
}
