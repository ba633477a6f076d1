import { ReadbackError } from '../errors.ts'

/** Why the store cannot be opened, read or written. */
export type StoreProblem =
  /** Another process has this folder. `host` is set when that process cannot be seen from here (another machine or container). */
  | { readonly code: 'store_locked'; readonly folder: string; readonly pid: number; readonly host?: string }
  /** Damage that a crash cannot explain. The file is kept as it is. `where` is a line, a byte offset or a missing neighbour. */
  | { readonly code: 'store_corrupt'; readonly file: string; readonly where: string }
  /** Written by a newer version of this program. */
  | { readonly code: 'store_newer'; readonly file: string; readonly found: number; readonly known: number }
  /** A file of that name which this program did not write. */
  | { readonly code: 'store_alien'; readonly file: string }
  /** The write surely did not happen for anybody who reads from this process; it may be tried again. */
  | { readonly code: 'store_unwritable'; readonly file: string; readonly detail: string }
  /** Too many commits wait already. */
  | { readonly code: 'store_overloaded'; readonly waiting: number }
  /** A conditional write that met a conflict each time: nothing of it was written. */
  | { readonly code: 'store_contended'; readonly collection: string; readonly tries: number }
  /** The database does not answer; nothing was written. */
  | { readonly code: 'store_unreachable'; readonly detail: string }
  /** The connection was lost while a commit was under way: read back before trying again. */
  | { readonly code: 'store_outcome_unknown'; readonly detail: string }
  /** A stored document has a shape that its collection does not know. */
  | { readonly code: 'store_bad_document'; readonly collection: string; readonly id: string; readonly detail: string }
  /** One commit names the same document twice, or carries no value: the caller's mistake. */
  | {
      readonly code: 'store_bad_commit'
      readonly collection: string
      readonly id: string
      readonly why: 'twice' | 'no-value'
    }
  | { readonly code: 'store_closed' }

export class StoreError extends ReadbackError<StoreProblem> {}

/** What opening the store had to put right. */
export type StoreFinding =
  /** A write that was never acknowledged was cut off the end of the journal. */
  | { readonly code: 'store_torn_tail'; readonly file: string; readonly at: number; readonly bytes: number }
  /** The process that had the folder ended without letting go of it. */
  | { readonly code: 'store_lock_taken_over'; readonly pid: number }
  /** The journal could not be compacted; it goes on growing until the next try. */
  | { readonly code: 'store_compaction_failed'; readonly detail: string }
  /** A listener of `watch` threw. */
  | { readonly code: 'store_listener_failed'; readonly collection: string; readonly detail: string }
  /** The database's notifications were lost for a while; every listener was called once afterwards. */
  | { readonly code: 'store_watch_interrupted'; readonly detail: string }
