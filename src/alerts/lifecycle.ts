import type { Change } from '../store/store.ts'
import type { AlertGroup } from './group.ts'

/** What becomes of a group: it fires for the first time in this incident, fires again after it was over, is over. */
export type AlertStep = 'opened' | 'reopened' | 'resolved'

/**
 * Whoever has something to do when a group moves (the thread's enrichment) hands in the changes that remember it: they go into the very commit
 * that moves the group, so that nothing is forgotten between the two. The work itself is done later, by whoever has the turn, from those records.
 */
export interface AlertListener {
  changes(step: AlertStep, group: AlertGroup): readonly Change[]
}
