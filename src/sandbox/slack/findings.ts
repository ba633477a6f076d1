import type { Clock } from '../../time/clock.ts'
import type { Bounded } from './bounded.ts'

/** Something the real Slack lets pass and people suffer from; tests assert that there are none. */
export type FindingCode =
  | 'ack_late'
  | 'ack_twice'
  | 'ack_missing'
  | 'ack_unknown'
  | 'ack_payload_ignored'
  | 'frame_unreadable'
  | 'mass_mention'
  | 'unescaped_angle'
  | 'unescaped_ampersand'
  | 'auto_parse'
  | 'unfurl_on'
  | 'text_missing'
  | 'close_to_limit'
  | 'unknown_argument'
  | 'answer_refused'
  /** A fault of this server, not of the app. */
  | 'server_error'

export interface Finding {
  readonly at: number
  readonly code: FindingCode
  /** The method or envelope type where it was seen. */
  readonly where: string
  readonly detail: string
}

export interface Findings {
  readonly report: (code: FindingCode, where: string, detail: string) => void
  readonly all: () => readonly Finding[]
  readonly clear: () => void
}

export function createFindings(clock: Clock, log: Bounded<Finding>): Findings {
  return {
    report: (code, where, detail) => log.add({ at: clock.now(), code, where, detail: detail.slice(0, 500) }),
    all: log.all,
    clear: log.clear,
  }
}
