import type { FilePlace, FileProblem } from '../documents/file-problems.ts'
import type { Decision } from './decision.ts'
import { ReadbackError } from '../errors.ts'

/** What is wrong with a policy file, as far as it can be told without asking anybody. */
export type PolicyProblem =
  | FileProblem
  /** Roles that include each other; the first one stands at the end again. */
  | (FilePlace & { readonly code: 'policy_cycle'; readonly roles: readonly string[] })
  /** A name that may stand once: a freeze, a role within one approval. */
  | (FilePlace & { readonly code: 'policy_twice'; readonly field: string; readonly found: string })
  /** One of the file's own cases got another answer. `who` and `where` are as written. */
  | (FilePlace & {
      readonly code: 'policy_case_failed'
      readonly number: number
      readonly who: string
      readonly action: string
      readonly where: string
      readonly expected: string
      readonly got: Decision
    })

/** The policy cannot be used. All problems at once. */
export class PolicyError extends ReadbackError<{
  readonly code: 'policy_unusable'
  readonly file: string
  readonly problems: readonly PolicyProblem[]
}> {}
