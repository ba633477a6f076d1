import type { ChannelId } from '../chat/identity.ts'
import type { Notice } from './alert.ts'
import { keyOf } from './group.ts'
import type { AlertGroup, AlertGroupId, Escalation } from './group.ts'
import type { AlertStep } from './lifecycle.ts'
import { reduce } from './reduce.ts'
import type { Reduced } from './reduce.ts'
import type { EscalationStep } from './routes.ts'

/** What was over for no longer than this is the same incident when it fires again: the same card, the same thread. */
export const reopenMs = 30 * 60_000

export type Advanced = Reduced & { readonly step?: AlertStep }

/** Where a group's cards go and who is called when nobody takes it on. */
export interface Destination {
  readonly channel: ChannelId
  readonly escalate: readonly EscalationStep[]
}

/** The first word of a group: the record of a new incident. */
export function openIncident(
  notice: Notice,
  to: Destination & { readonly id: AlertGroupId },
  at: number,
): Advanced & { readonly step: AlertStep } {
  const blank: AlertGroup = {
    id: to.id,
    source: notice.source,
    key: keyOf(notice.source, notice.groupKey),
    groupLabels: notice.groupLabels,
    state: 'resolved',
    severity: 'none',
    channel: to.channel,
    openedAt: at,
    changedAt: at,
    heardAt: at,
    reopened: 0,
    members: [],
    beyond: 0,
    dropped: 0,
    escalations: [],
  }
  const { group } = reduce(blank, notice, at)
  const fires = group.state === 'firing'
  return {
    news: 'moved',
    step: fires ? 'opened' : 'resolved',
    group: { ...group, escalations: fires ? scheduled(to.escalate, at) : [] },
  }
}

/**
 * The next word of a group. `next`: it fires anew after it was over for long, so this notice belongs to an incident of its own.
 * When all of it was over and some of it fires again, whoever had taken it on is not bound any more, and the calls begin anew.
 */
export function advance(
  before: AlertGroup,
  notice: Notice,
  { at, escalate }: { readonly at: number; readonly escalate: readonly EscalationStep[] },
): Advanced | 'next' {
  const reduced = reduce(before, notice, at)
  const { group } = reduced
  if (before.state === group.state) return reduced
  if (group.state === 'resolved') return { ...reduced, step: 'resolved' }
  if (before.resolvedAt !== undefined && at - before.resolvedAt > reopenMs) return 'next'
  const { acknowledged, ...open } = group
  const uncalled = acknowledged !== undefined || group.escalations.length === 0
  return {
    ...reduced,
    step: 'reopened',
    group: {
      ...open,
      reopened: group.reopened + 1,
      escalations: uncalled ? scheduled(escalate, at) : group.escalations,
    },
  }
}

const scheduled = (steps: readonly EscalationStep[], at: number): Escalation[] =>
  steps.map(({ afterMs, mention }) => ({ at: at + afterMs, mention, done: false }))
