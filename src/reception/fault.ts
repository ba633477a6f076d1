import { StoreError } from '../store/problems.ts'
import type { StoreProblem } from '../store/problems.ts'
import type { ReceptionProblem } from './problems.ts'

/** What time or whoever looks after the store mends; everything else is a mistake of ours. */
const away: ReadonlySet<StoreProblem['code']> = new Set<StoreProblem['code']>([
  'store_unwritable',
  'store_overloaded',
  'store_contended',
  'store_unreachable',
  'store_closed',
])

/** How a person reads what was thrown on the way to their answer; `reference` finds it in the log. */
export function faultOf(error: unknown, reference: string): ReceptionProblem {
  if (!(error instanceof StoreError)) return { code: 'bug', reference }
  const { code } = error.problem
  if (code === 'store_outcome_unknown') return { code: 'storage_lost', reference }
  return { code: away.has(code) ? 'storage_away' : 'bug', reference }
}
