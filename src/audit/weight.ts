import type { AuditRecord } from './record.ts'

/** How much a record asks for attention: `alarm` before `notice` before `news`; `routine` is posted nowhere. */
export type Weight = 'alarm' | 'notice' | 'news' | 'routine'

const weights: readonly Weight[] = ['alarm', 'notice', 'news', 'routine']

/** What somebody who keeps an eye on the trail is told: whatever changes something, lifts a rule or was refused; not what only looks. */
export function weightOf({ what, details = {} }: Pick<AuditRecord, 'what' | 'details'>): Weight {
  switch (what) {
    case 'command':
      return 'routine'
    case 'decision':
      if (details['verdict'] === 'deny') return details['look'] === 'listed' ? 'routine' : 'notice'
      return details['breakGlass'] === undefined ? 'routine' : 'alarm'
    case 'repair':
      return 'alarm'
    case 'policy':
      return details['change'] === 'kept' ? 'alarm' : 'notice'
    case 'outcome':
      return details['state'] === 'failed' || details['state'] === 'unknown' ? 'alarm' : 'news'
    case 'vote':
      return details['verdict'] === 'approve' && details['refused'] === undefined ? 'news' : 'notice'
    case 'review':
    case 'refusal':
    case 'freeze':
    case 'unfreeze':
      return 'notice'
    default:
      return 'news'
  }
}

/** Worst first, and among equals the earlier first. */
export const worstFirst = (records: readonly AuditRecord[]): readonly AuditRecord[] =>
  [...records].sort((a, b) => weights.indexOf(weightOf(a)) - weights.indexOf(weightOf(b)) || a.seq - b.seq)
