import type { Audit, AuditEntry, AuditHead } from './audit.ts'

/** The trail, telling what happens to it; no secret that somebody typed gets there. */
export interface WatchedAudit extends Audit {
  /** Called after each record of this process. Returns the end of listening. */
  onRecorded(listener: () => void): () => void
  /** What the last record met that could not be written; undefined while records are written. */
  failing(): string | undefined
}

export function watchedAudit(audit: Audit, asWritten: (entry: AuditEntry) => AuditEntry): WatchedAudit {
  const listeners = new Set<() => void>()
  let failure: string | undefined

  async function record(entry: AuditEntry, once?: string): Promise<AuditHead> {
    try {
      const head = await audit.record(asWritten(entry), once)
      failure = undefined
      for (const listener of listeners) listener()
      return head
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error)
      throw error
    }
  }

  return {
    record,
    onRecorded: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    failing: () => failure,
  }
}
