import type { AlertProblem } from '../alerts/problems.ts'
import type { ClusterProblem } from '../clusters/problems.ts'
import type { CommandProblem } from '../command-line/problems.ts'
import type { MetricsProblem } from '../metrics/problems.ts'
import type { OperationProblem } from '../operations/problems.ts'
import type { PlanProblem } from '../plans/plan.ts'
import type { Refusal } from '../policy/decision.ts'
import type { ReceptionProblem } from '../reception/problems.ts'
import type { VoteProblem } from '../approvals/problems.ts'
import type { TargetProblem } from '../targets/problems.ts'

/** Everything that can stand between an order and its effect. A new code in any room does not compile until every language says it. */
export type Problem =
  | AlertProblem
  | ClusterProblem
  | CommandProblem
  | MetricsProblem
  | OperationProblem
  | PlanProblem
  | ReceptionProblem
  | Refusal
  | TargetProblem
  | VoteProblem

type ByCode = { [P in Problem as P['code']]: P }
export type ProblemCode = keyof ByCode

/** A sentence about what is, and what to do about it. `code` is a caret line or the cluster's own words, shown letter by letter. */
export interface Said {
  readonly sentence: string
  readonly code?: string
  readonly remedy?: string
}

/** The sentences of one room's problems. */
export type SentencesFor<Own extends { readonly code: string }> = {
  readonly [Code in Own['code']]: (problem: Extract<Own, { code: Code }>) => Said
}

export type Sentences = { readonly [Code in ProblemCode]: (problem: ByCode[Code]) => Said }

type Coded<Code extends ProblemCode = ProblemCode> = { [C in Code]: ByCode[C] & { readonly code: C } }[Code]

export function say<Code extends ProblemCode>(problem: Coded<Code>, sentences: Sentences): Said {
  const sentence: (problem: ByCode[Code]) => Said = sentences[problem.code]
  return sentence(problem)
}
