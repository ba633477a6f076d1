import type { Sentences } from '../../problem.ts'
import { alertProblems } from './problems/alerts.ts'
import { clusterProblems } from './problems/clusters.ts'
import { commandProblems } from './problems/commands.ts'
import { metricsProblems } from './problems/metrics.ts'
import { operationProblems, receptionProblems, voteProblems } from './problems/operations.ts'
import { planProblems } from './problems/plans.ts'
import { policyRefusals } from './problems/policy.ts'
import { targetProblems } from './problems/targets.ts'

/** What stands between an order and its effect, and what to do about it. */
export const problems: Sentences = {
  ...alertProblems,
  ...clusterProblems,
  ...commandProblems,
  ...metricsProblems,
  ...operationProblems,
  ...planProblems,
  ...policyRefusals,
  ...receptionProblems,
  ...targetProblems,
  ...voteProblems,
}
