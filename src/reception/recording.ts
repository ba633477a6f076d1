import type { Audit, AuditEntry } from '../audit/audit.ts'
import { AuditError } from '../audit/problems.ts'
import type { Action } from '../policy/decision.ts'

/** What only looks: it goes on without the trail, marked so. Everything else waits for its record. */
export const looks: ReadonlySet<Action | 'none'> = new Set<Action | 'none'>([
  'none',
  'status',
  'logs',
  'metrics',
  'events',
  'history',
  'clusters',
  'audit',
])

/** Whether somebody may look somewhere. */
export interface LookDecision {
  readonly action: Action
  readonly cluster: string
  /** `shop`, `shop/web`; absent for the cluster as a whole. */
  readonly place?: string
  readonly verdict: 'allow' | 'deny'
  readonly rule: string
  /** Why not. */
  readonly code?: string
  /** Decided to leave something out of a list, not to refuse somebody what they asked for. */
  readonly why: 'asked' | 'listed'
}

/** What one order puts on the trail besides what operations record of it. */
export interface Recording {
  /** Begins to write; `done` tells whether it could. */
  note(entry: AuditEntry): void
  /** Written by `done`, like with like in one record. */
  decided(decision: LookDecision): void
  /** Resolves once everything is on the trail; false where something could not be written. */
  done(): Promise<boolean>
}

/** Places named in one record; more are counted. */
const mostPlaces = 50

export function createRecording(audit: Audit, about: Pick<AuditEntry, 'who' | 'channel'>): Recording {
  const writing: Promise<Error | undefined>[] = []
  const groups = new Map<string, { readonly first: LookDecision; readonly places: Set<string> }>()

  const note = (entry: AuditEntry): void => {
    writing.push(
      audit.record(entry).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
      ),
    )
  }

  return {
    note,
    decided: (decision) => {
      const { action, cluster, verdict, rule, code = '', why, place } = decision
      const key = [action, cluster, verdict, rule, code, why].join('\n')
      const group = groups.get(key) ?? { first: decision, places: new Set() }
      if (place !== undefined) group.places.add(place)
      groups.set(key, group)
    },
    done: async () => {
      for (const { first, places } of groups.values()) note({ ...about, ...entryOf(first, [...places]) })
      groups.clear()
      const failures = (await Promise.all(writing)).filter((error) => error !== undefined)
      const bug = failures.find((error) => !(error instanceof AuditError))
      if (bug !== undefined) throw bug
      return failures.length === 0
    },
  }
}

function entryOf(
  { action, cluster, verdict, rule, code, why }: LookDecision,
  places: readonly string[],
): Omit<AuditEntry, 'who'> {
  const [target, ...others] = places
  const left = places.length - mostPlaces
  return {
    what: 'decision',
    cluster,
    action,
    ...(target === undefined || others.length > 0 ? {} : { target }),
    details: {
      verdict,
      rule,
      ...(code === undefined ? {} : { code }),
      ...(looks.has(action) ? { look: why } : {}),
      ...(others.length > 0 ? { places: places.slice(0, mostPlaces) } : {}),
      ...(left > 0 ? { more: left } : {}),
    },
  }
}
