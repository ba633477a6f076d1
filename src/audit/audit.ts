import type { Json } from '../json.ts'

/** What happened, by whom, to what. Secrets are masked before it gets here. */
export interface AuditEntry {
  /** `command`, `decision`, `vote`, `intent`, `outcome`, `policy`, `freeze`, `start`, `stop`, … */
  readonly what: string
  /** `team/user`, or `readback` for the bot's own doings. */
  readonly who: string
  readonly cluster?: string
  readonly action?: string
  readonly target?: string
  readonly operation?: string
  readonly channel?: string
  /** Anything else worth proving later. */
  readonly details?: Readonly<Record<string, Json>>
}

/** How long the trail is and the hash of its last link. Posted elsewhere, it shows a trail cut short or rewritten. */
export interface AuditHead {
  readonly count: number
  readonly hash: string
}

/** The trail, as everybody else sees it. */
export interface Audit {
  /**
   * Resolves once the record is on disk; throws `AuditError` when it cannot be, and then the caller must not act. `once`: unique for good; where
   * replicas share the trail and one of them has written under it, nothing is added. A trail of one process leaves that to its caller.
   */
  record(entry: AuditEntry, once?: string): Promise<AuditHead>
}
