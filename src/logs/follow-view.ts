import type { FileState } from './file-sender.ts'
import type { Following } from './follow.ts'
import type { Follow } from './follow-record.ts'
import type { ErrorGroup, Tally } from './tally.ts'
import type { Row } from './window.ts'

/** `forbidden`: whoever asked for it lost the right. */
export type FollowEnd = 'asked' | 'time' | 'restart' | 'failed' | 'forbidden'

/** What went past without being shown or kept, each counted. */
export interface Losses {
  /** Lines that came faster than is looked at. */
  readonly skipped: number
  /** Lines that newer ones pushed out of the window before anybody could see them; they are in the file. */
  readonly unseen: number
  /** Entries shown out of order. */
  readonly late: number
  /** Runs of containers that came and went unseen. */
  readonly missed: number
}

/** What the cards of a follow show. */
export interface FollowView extends Following {
  readonly follow: Follow
  readonly rows: readonly Row[]
  readonly tally: Tally
  readonly losses: Losses
  readonly paused: boolean
  /** Whether the head says anything else than when it was shown the last time: edits are few. */
  readonly head: 'changed' | 'same'
  readonly revision: number
  readonly file: FileState
  readonly ended?: FollowEnd
  readonly errors?: { readonly groups: readonly ErrorGroup[]; readonly others: number }
}

export const nothingYet: Pick<
  FollowView,
  'rows' | 'tally' | 'losses' | 'paused' | 'head' | 'file' | 'pods' | 'over' | 'waiting'
> = {
  rows: [],
  tally: { lines: 0, errors: 0, rate: 0, firstAt: undefined, lastAt: undefined },
  losses: { skipped: 0, unseen: 0, late: 0, missed: 0 },
  paused: false,
  head: 'changed',
  file: 'none',
  pods: 0,
  over: 0,
  waiting: [],
}
