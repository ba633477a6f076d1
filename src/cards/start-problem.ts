import type { AnyProblem } from '../errors.ts'
import type { Texts } from './texts/en.ts'

/** What keeps the process from starting, in one screen. */
export function sayStart(problem: AnyProblem, _texts: Texts): string {
  return JSON.stringify(problem, undefined, 2)
}
