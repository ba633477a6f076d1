import { splitLines } from '../disk/byte-lines.ts'
import type { AuditFilter, AuditRecord } from './record.ts'
import { matches, parseRecord } from './record.ts'

const columns = [
  'seq',
  'time',
  'what',
  'who',
  'cluster',
  'action',
  'target',
  'operation',
  'channel',
  'details',
  'prev',
  'hash',
] as const satisfies readonly (keyof AuditRecord)[]

export interface ExportOptions {
  readonly format: 'csv' | 'jsonl'
  readonly filter?: AuditFilter
}

/**
 * The records that match, oldest first, in pieces of text. JSON lines are the trail's own lines, byte for byte, so an
 * export without a filter verifies like the trail; a line that is no record is left out, which `verifyChain` tells. CSV as RFC 4180; a cell that a spreadsheet would take for a formula gets a leading apostrophe.
 */
export async function* exportRecords(chunks: AsyncIterable<Buffer>, options: ExportOptions): AsyncGenerator<string> {
  const { format, filter = {} } = options
  if (format === 'csv') yield `${columns.join(',')}\r\n`
  for await (const { lines } of splitLines(chunks)) {
    let piece = ''
    for (const line of lines) {
      const record = parseRecord(line)
      if (record === undefined || !matches(record, filter)) continue
      piece +=
        format === 'csv'
          ? `${columns.map((column) => cell(record[column])).join(',')}\r\n`
          : `${line.toString('utf8')}\n`
    }
    if (piece !== '') yield piece
  }
}

/** The last records that match, oldest first. Lines that are no record are left out. */
export async function lastRecords(
  chunks: AsyncIterable<Buffer>,
  { filter, limit }: { readonly filter: AuditFilter; readonly limit: number },
): Promise<readonly AuditRecord[]> {
  const found: AuditRecord[] = []
  for await (const { lines } of splitLines(chunks)) {
    for (const line of lines) {
      const record = parseRecord(line)
      if (record !== undefined && matches(record, filter)) found.push(record)
    }
    found.splice(0, Math.max(0, found.length - limit))
  }
  return found
}

function cell(value: AuditRecord[keyof AuditRecord]): string {
  if (value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
