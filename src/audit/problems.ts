import { ReadbackError } from '../errors.ts'

/** Why the trail cannot be opened, written or read. */
export type AuditProblem =
  /** The record is not on disk: whoever wanted to act on it must not. */
  | { readonly code: 'audit_unwritable'; readonly where: string; readonly detail: string }
  /** The trail's end is not what this program wrote last; it is left as it is. */
  | { readonly code: 'audit_broken'; readonly where: string; readonly why: Flaw; readonly line?: number }
  | { readonly code: 'audit_newer'; readonly where: string; readonly found: number; readonly known: number }
  | { readonly code: 'audit_unreadable'; readonly where: string; readonly detail: string }
  /** Too many records wait to be written. */
  | { readonly code: 'audit_overloaded'; readonly waiting: number }
  | { readonly code: 'audit_closed' }

/** What is wrong with a line of the chain. */
export type Flaw =
  /** Does not end in `"prev"` and `"hash"` as every record does. */
  | 'not-a-record'
  /** Its number is not the next one: a record was removed, added or moved. */
  | 'sequence'
  /** Its `prev` is not the hash of the record before it. */
  | 'prev'
  /** Its bytes do not give its `hash`. */
  | 'hash'
  /** No newline at its end: cut off while it was written. */
  | 'torn'

export class AuditError extends ReadbackError<AuditProblem> {}
