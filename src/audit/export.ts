import { splitLines } from '../disk/byte-lines.ts'
import type { AuditFilter, AuditRecord } from './record.ts'
import { matches, parseRecord } from './record.ts'
import { AuditError } from './problems.ts'

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
  /** Named in the error when a line is no record. */
  readonly where: string
}

/**
 * The records that match, oldest first, in pieces of text. JSON lines are the trail's own lines, byte for byte, so an
 * export without a filter verifies like the trail. CSV as RFC 4180; a cell that a spreadsheet would take for a formula gets a leading apostrophe.
 */
export async function* exportRecords(chunks: AsyncIterable<Buffer>, options: ExportOptions): AsyncGenerator<string> {
  const { format, filter = {}, where } = options
  if (format === 'csv') yield `${columns.join(',')}\r\n`
  let number = 0
  for await (const { lines } of splitLines(chunks)) {
    let piece = ''
    for (const line of lines) {
      number += 1
      const record = parseRecord(line)
      if (record === undefined) throw new AuditError({ code: 'audit_broken', where, why: 'not-a-record', line: number })
      if (!matches(record, filter)) continue
      piece +=
        format === 'csv'
          ? `${columns.map((column) => cell(record[column])).join(',')}\r\n`
          : `${line.toString('utf8')}\n`
    }
    if (piece !== '') yield piece
  }
}

function cell(value: AuditRecord[keyof AuditRecord]): string {
  if (value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
