/**
 * A fact about what went wrong, as data: a stable code and the values a sentence about it needs.
 * Every room declares its own union of problems (`clusters/problems.ts`, …); `cards/texts` turns each into a sentence
 * and a remedy in the reader's language. Expected refusals are returned as problems; only what a caller
 * cannot reasonably handle on the spot is thrown, wrapped in a `ReadbackError`.
 */
export interface AnyProblem {
  readonly code: string
}

/** Thrown where a problem must unwind the stack. `message` is for logs; people read `cards/texts`. */
export class ReadbackError<Problem extends AnyProblem = AnyProblem> extends Error {
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(`${problem.code} ${JSON.stringify(problem)}`, options)
    this.name = new.target.name
    this.problem = problem
  }
}
