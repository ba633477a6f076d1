import type { Clock } from '../time/clock.ts'
import { createRoutine } from '../time/routine.ts'
import type { PolicyProblem } from '../policy/problems.ts'
import type { PolicyChange } from '../policy/source.ts'
import type { Policy } from '../policy/policy.ts'
import type { Audit, AuditEntry } from './audit.ts'

export interface PolicyRecords {
  /** The one that the process starts with. */
  loaded(policy: Policy): Promise<void>
  changed(change: PolicyChange): void
  /** Resolves once nothing is under way; what could not be written by then is lost with the process, and the next start says what is in force. */
  stop(): Promise<void>
}

const retryMs = 5_000
/** A file that flickers while the trail cannot be written: the newest matter. */
const mostWaiting = 100
const mostProblems = 8

/** Every policy that comes into force, and every one that could not, on the trail in their order. `say` puts a problem into words that begin with its place. */
export function createPolicyRecords(parts: {
  readonly audit: Audit
  readonly clock: Clock
  readonly say: (problem: PolicyProblem) => string
  readonly report: (error: unknown, about: string) => void
}): PolicyRecords {
  const { audit, clock, say, report } = parts
  const waiting: AuditEntry[] = []

  const routine = createRoutine({
    clock,
    round: async () => {
      for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
        await audit.record(next)
        waiting.shift()
      }
      return undefined
    },
    onFault: (error) => report(error, 'audit'),
    restAfterFaultMs: retryMs,
  })

  return {
    loaded: async (policy) => {
      await audit.record(entryOf(policy, { change: 'loaded' }))
    },
    changed: (change) => {
      waiting.push(entryFor(change, say))
      // The first one may be under way.
      if (waiting.length > mostWaiting) waiting.splice(1, 1)
      routine.wake()
    },
    stop: () => routine.stop(),
  }
}

function entryFor(change: PolicyChange, say: (problem: PolicyProblem) => string): AuditEntry {
  const { kind, policy } = change
  if (kind === 'replaced') return entryOf(policy, { change: kind, before: change.before })
  if (kind === 'restored') return entryOf(policy, { change: kind })
  const left = change.problems.length - mostProblems
  return entryOf(policy, {
    change: kind,
    problems: change.problems.slice(0, mostProblems).map(say),
    ...(left > 0 ? { more: left } : {}),
  })
}

const entryOf = ({ file, digest }: Policy, details: NonNullable<AuditEntry['details']>): AuditEntry => ({
  what: 'policy',
  who: 'readback',
  details: { ...details, file, digest },
})
