import type { AuditEntry } from '../audit/audit.ts'
import type { Operation } from './operation.ts'

/** The audit fields that every record about an operation shares. */
export function entryAbout(operation: Operation, what: string): AuditEntry {
  const { workload } = operation.plan
  return {
    what,
    who: `${operation.requester.team}/${operation.requester.user}`,
    cluster: workload.cluster,
    action: operation.order.action,
    target: `${workload.namespace}/${workload.kind}/${workload.name}`,
    operation: operation.id,
    channel: operation.place.channel,
  }
}

/** What became of it, as the record says it that `version` of the operation made true. */
export const outcomeEntry = (operation: Operation, version: number): AuditEntry => ({
  ...entryAbout(operation, 'outcome'),
  details: { state: operation.state, fingerprint: operation.plan.fingerprint, version, ...whyOf(operation) },
})

const person = ({ team, user }: Operation['requester']): string => `${team}/${user}`

function whyOf(operation: Operation): Readonly<Record<string, string>> {
  switch (operation.state) {
    case 'voided':
    case 'cancelled':
    case 'denied': {
      const { ending } = operation
      if (ending.why === 'holder') return { why: ending.why, by: person(ending.by) }
      if (ending.why === 'overtaken') return { why: ending.why, by: ending.by }
      return { why: ending.why, ...(ending.why === 'problem' ? { code: ending.problem.code } : {}) }
    }
    case 'failed': {
      const { failure } = operation
      if (failure.why === 'problem') return { why: failure.why, code: failure.problem.code }
      return { why: failure.why, ...(failure.why === 'rollout' ? { reason: failure.reason } : {}) }
    }
    case 'rejected':
      return { by: person(operation.by), ...(operation.because === undefined ? {} : { reason: operation.because }) }
    case 'superseded':
      return operation.by === undefined ? {} : { by: operation.by }
    case 'unknown':
      return { code: operation.detail }
    case 'succeeded':
      return { how: operation.how }
    default:
      return {}
  }
}
